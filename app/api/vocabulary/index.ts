import type { Endpoint } from '../api.ts';
import { getVocabularyEndpoint } from './get-vocabulary.ts';
import { putVocabularyEndpoint } from './put-vocabulary.ts';

export const vocabularyEndpoints: Endpoint[] = [getVocabularyEndpoint, putVocabularyEndpoint];
