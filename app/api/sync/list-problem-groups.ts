import { z } from 'zod';
import { listProblemGroups } from '../../../crm-sync/ledger/problem-groups.ts';
import { allow, answers, describe, type Endpoint, id, time } from '../api.ts';

const group = z.object({
  id: z.string(),
  connector: z.object({ id, kind: z.string(), name: z.string() }),
  kind: z
    .enum(['conflict', 'refused', 'passing'])
    .describe('refused: fails until somebody changes something; passing: was tried for a day'),
  objectType: z.string(),
  field: z.string(),
  fieldLabel: z.string(),
  message: z.string().nullable().describe('What the CRM or the mapping said, and what to do'),
  values: z.int(),
  value: z.string().nullable().describe('What was to be written, where it is the same everywhere'),
  since: time,
});

export const listProblemGroupsEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/sync/problem-groups',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe(
          'sync',
          'listSyncProblemGroups',
          'What needs a person, by trouble: one remedy for all values of each',
        ),
        response: answers({ 200: z.object({ groups: z.array(group) }) }),
      },
    },
    async () => ({
      groups: (await listProblemGroups(platform)).map(({ since, ...each }) => ({
        ...each,
        since: since.toISOString(),
      })),
    }),
  );
