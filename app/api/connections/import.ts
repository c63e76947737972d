import { z } from 'zod';
import { getConnection } from '../../../crm-sync/connections/list-connections.ts';
import { importState } from '../../../crm-sync/import/import-state.ts';
import { importVocabulary } from '../../../crm-sync/import/tasks.ts';
import { importAnew, switchImport } from '../../../crm-sync/import/write-import.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, type Endpoint, idParams, time, timeOf } from '../api.ts';

const state = z.object({
  active: z.boolean(),
  underWay: z.boolean(),
  everyMinutes: z.int(),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  dueAt: time,
  problem: z.string().nullable(),
  kinds: z.array(
    z.object({
      kind: z.enum(['owner', 'account', 'contact', 'product']),
      complete: z.boolean().describe('Everything was read once; since then by change'),
      linked: z.int().describe('The same here and there'),
      read: z.int().describe('In the last pass, as the next four'),
      added: z.int(),
      changed: z.int(),
      deactivated: z.int(),
      merged: z.int(),
      doubts: z.int(),
      waiting: z.int().describe('For what they belong to'),
    }),
  ),
});

export const getImportEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/connections/:id/import',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('crm', 'getImport', 'How the import of the vocabulary from a CRM stands'),
        params: idParams,
        response: answers({ 200: z.object({ import: state.nullable() }) }, 404),
      },
    },
    async ({ params: { id } }) => {
      await getConnection(platform, id);
      const found = await importState(platform, id);
      if (found === null) return { import: null };
      const { startedAt, endedAt, dueAt, ...rest } = found;
      return {
        import: {
          ...rest,
          startedAt: timeOf(startedAt),
          endedAt: timeOf(endedAt),
          dueAt: dueAt.toISOString(),
        },
      };
    },
  );

export const askImportEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/connections/:id/import',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'askImport',
          'Read the vocabulary from a CRM',
          '`now` also switches the schedule on, `anew` reads everything again, `stop` ends the schedule.',
        ),
        params: idParams,
        body: z.object({
          act: z.enum(['now', 'stop', 'anew']),
          everyMinutes: z.int().min(1).max(1440).optional(),
        }),
        response: answers({ 202: z.object({ asked: z.boolean() }) }, 404),
      },
    },
    async (request, reply) => {
      const { id: connectorId } = request.params;
      const { act, everyMinutes } = request.body;
      const actorId = userOf(request).id;
      if (act === 'anew') await importAnew(platform, { connectorId, actorId });
      else {
        const every = everyMinutes === undefined ? {} : { everyMinutes };
        await switchImport(platform, { connectorId, active: act === 'now', actorId, ...every });
      }
      if (act !== 'stop') await platform.queues.wake(importVocabulary, { connectorId }, { key: connectorId });
      return reply.code(202).send({ asked: act !== 'stop' });
    },
  );
