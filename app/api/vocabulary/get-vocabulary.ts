import { readVocabulary } from '../../../transcription/vocabulary/load-vocabulary.ts';
import { vocabularySchema } from '../../../transcription/vocabulary/vocabulary-schema.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';

export const getVocabularyEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/vocabulary',
    {
      ...allow('transcriptionist', 'manager', 'administrator'),
      schema: {
        ...describe('vocabulary', 'getVocabulary', 'The vocabulary in force, as it is PUT'),
        response: answers({ 200: vocabularySchema }),
      },
    },
    () => readVocabulary(database),
  );
