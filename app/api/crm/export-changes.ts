import { Readable } from 'node:stream';
import { z } from 'zod';
import { readChanges } from '../../../crm-sync/connectors/export/read-changes.ts';
import { EXPORT_FORMATS, renderChanges } from '../../../crm-sync/connectors/export/render-changes.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { NotFound } from '../../../platform/errors.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';

const query = z.object({
  format: z.enum(EXPORT_FORMATS).default('jsonl'),
  since: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .describe('The `dictaline-until` of the file before; absent: everything'),
});

/** Deliveries that are being noted at this moment carry times that lie a little back; they belong to the next file. */
const MARGIN_MS = 10_000;
const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const;

export const exportChangesEndpoint: Endpoint = (api, { database, clock }) =>
  api.get(
    '/crm/exports/:id',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'exportCrmChanges',
          'What was delivered through a connection, as CSV or JSONL',
          'Each field once with its last value: everything, or what has changed since the file before, whose header ' +
            '`dictaline-until` is the next `since`.',
        ),
        params: idParams,
        querystring: query,
        response: answers({ 200: z.any() }, 404),
      },
    },
    async (request, reply) => {
      const { id: connectorId } = request.params;
      const { format, since = null } = request.query;
      const connector = await database.prisma.connector.findUnique({ where: { id: connectorId } });
      if (connector === null) throw new NotFound(`connector ${connectorId} does not exist`);
      const until = new Date(clock.now().getTime() - MARGIN_MS);
      await database.prisma.auditEntry.create({
        data: {
          actorId: userOf(request).id,
          action: 'crm.exported',
          subjectType: 'connector',
          subjectId: connectorId,
          detail: { format, since: since?.toISOString() ?? null, until: until.toISOString() },
        },
      });
      const lines = renderChanges(readChanges(database, { connectorId, since, until }), format);
      return reply
        .type(TYPES[format])
        .header('cache-control', 'private, no-store')
        .header('dictaline-until', until.toISOString())
        .header(
          'content-disposition',
          `attachment; filename="crm-${until.toISOString().slice(0, 10)}.${format}"`,
        )
        .send(Readable.from(lines));
    },
  );
