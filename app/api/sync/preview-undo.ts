import { z } from 'zod';
import { createOpenConnector } from '../../../crm-sync/connectors/open-connector.ts';
import { previewUndo } from '../../../crm-sync/ledger/preview-undo.ts';
import { allow, answers, describe, type Endpoint, id, idParams } from '../api.ts';
import { undoScope } from './sync-schemas.ts';

const line = z.object({
  connector: z.object({ id, name: z.string() }),
  objectType: z.string(),
  externalKey: z.string(),
  recordName: z.string(),
  field: z.string(),
  fieldLabel: z.string(),
  wrote: z.unknown().describe('What the report wrote there'),
  now: z.unknown().describe('What stands there now; absent where the CRM can’t be asked'),
  does: z.enum(['restore', 'remove', 'nothing']),
  becomes: z.unknown().describe('What will stand there'),
  reason: z.string().nullable(),
});

export const previewUndoEndpoint: Endpoint = (api, platform) => {
  const deps = { ...platform, openConnector: createOpenConnector(platform) };
  api.get(
    '/sync/reports/:id/undo',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe(
          'sync',
          'previewUndo',
          'What taking a report back out of the CRM would do, field by field',
          'Reads the CRM and writes nothing.',
        ),
        params: idParams,
        querystring: z.object({ scope: undoScope.default('all') }),
        response: answers(
          {
            200: z.object({
              lines: z.array(line),
              notYetWritten: z.int().describe('Fields that are not written yet, and never would be'),
            }),
          },
          404,
        ),
      },
    },
    async ({ params, query }) => previewUndo(deps, { reportId: params.id, scope: query.scope }),
  );
};
