import { z } from 'zod';
import { importCustomers } from '../../../crm-sync/builtin-crm/import-customers.ts';
import { vocabularySchema } from '../../../transcription/vocabulary/vocabulary-schema.ts';
import { replaceVocabulary } from '../../../transcription/vocabulary/write-vocabulary.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';

/** A hundred thousand accounts with their contacts. */
const BODY_LIMIT = 64 * 1024 * 1024;

const counts = z.object({
  reps: z.int(),
  accounts: z.int(),
  contacts: z.int(),
  products: z.int(),
  competitors: z.int(),
});

export const putVocabularyEndpoint: Endpoint = (api, platform) =>
  api.put(
    '/vocabulary',
    {
      ...allow('administrator'),
      bodyLimit: BODY_LIMIT,
      schema: {
        ...describe(
          'vocabulary',
          'putVocabulary',
          'Replace the vocabulary',
          'Ids are those of your own system. What is not in it any more is deactivated, never deleted: reports go on naming it. Reps that are not among the users are added without password and PIN. The built-in CRM gets the accounts and contacts too.',
        ),
        body: vocabularySchema,
        response: answers({ 200: counts }),
      },
    },
    async ({ body }) => {
      const written = await replaceVocabulary(platform, body);
      // Sent again after a failure in between, both start over and change what is missing.
      await importCustomers(platform);
      return written;
    },
  );
