import type { z } from 'zod';
import { allow, answers, describe } from '../api.ts';
import { connectorParams, dryRunAnswer, type MappingEndpoint } from './mapping-schemas.ts';

export const dryRunEndpoint: MappingEndpoint = (api, service) =>
  api.post(
    '/mappings/:id/dry-run',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'dryRunMapping',
          'What the draft would change on the last fifty reports that it concerns',
          'Reads the CRM and writes nothing. 409 when the CRM can’t be read at the moment.',
        ),
        params: connectorParams,
        response: answers({ 200: dryRunAnswer }, 404, 409),
      },
    },
    async ({ params }) => {
      const { rows, ...result } = await service.dryRun(params.id);
      return {
        ...result,
        rows: rows.map(({ report, account, ...row }) => ({
          ...row,
          reference: report.reference,
          date: report.date,
          account: account?.name ?? null,
        })),
      } as z.infer<typeof dryRunAnswer>;
    },
  );
