import { z } from 'zod';
import { syncFlow } from '../../../crm-sync/ledger/sync-state.ts';
import { allow, answers, describe, type Endpoint, id, time, timeOf } from '../api.ts';

const flow = z.object({
  connector: z.object({ id, kind: z.string(), name: z.string(), active: z.boolean() }),
  hold: z
    .object({ kind: z.enum(['paused', 'blocked']), reason: z.string(), until: time.nullable() })
    .nullable()
    .describe('Why nothing goes there at the moment: paused goes on by itself, blocked needs a person'),
  descriptionProblem: z.string().nullable(),
  written: z.int().describe('In the last 24 hours'),
  waiting: z.int(),
  oldestWaitingSeconds: z.number().nullable(),
  failed: z.int(),
  conflicts: z.int(),
});

export const getFlowEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/sync',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('sync', 'getSyncFlow', 'What flows into each CRM, in numbers'),
        response: answers({ 200: z.object({ connectors: z.array(flow) }) }),
      },
    },
    async () => ({
      connectors: (await syncFlow(platform)).map(({ hold, ...each }) => ({
        ...each,
        hold: hold && {
          kind: hold.kind,
          reason: hold.reason,
          until: timeOf(hold.kind === 'paused' ? hold.until : null),
        },
      })),
    }),
  );
