import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { toPager } from '../render/paging.ts';
import { countRecords, isObjectType, loadRecord, loadRecords, OBJECT_LABELS } from './load-records.ts';

const PAGE_SIZE = 50;
const params = z.object({ id: z.uuid() });
const recordsQuery = z.object({
  type: z.string().catch('account'),
  q: z.string().trim().max(100).catch(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

const PARTS = [
  { key: 'flow', label: 'Flow and problems', href: '/crm' },
  { key: 'records', label: 'Records', href: '/crm/records' },
] as const;

/** The rows of neighbors of the CRM's screens. */
export function crmSubnav(current: (typeof PARTS)[number]['key']) {
  return { subnavLabel: 'CRM', subnav: PARTS.map((part) => ({ ...part, current: part.key === current })) };
}

/** `/crm/records`: the built-in CRM, each value with where it comes from. */
export function serveCrmRecords(app: FastifyInstance, { database }: Pick<Platform, 'database'>): void {
  const readers = { preHandler: requireRole('administrator', 'manager') };

  app.get('/crm/records', readers, async (request, reply) => {
    const { type: asked, q, page } = recordsQuery.parse(request.query);
    const type = isObjectType(asked) ? asked : 'account';
    const [{ records, total }, sizes] = await Promise.all([
      loadRecords(database, { type, q, page, pageSize: PAGE_SIZE }),
      countRecords(database),
    ]);
    return reply.page('views/crm-records', {
      title: OBJECT_LABELS[type],
      nav: 'crm',
      ...crmSubnav('records'),
      type,
      typeLabel: OBJECT_LABELS[type],
      types: Object.entries(OBJECT_LABELS).map(([key, label]) => ({
        key,
        label,
        size: sizes.get(key) ?? 0,
        current: key === type,
      })),
      q,
      records,
      pager: toPager(request.url, { page, pageSize: PAGE_SIZE, total }),
    });
  });

  app.get('/crm/records/:id', readers, async (request, reply) => {
    const record = await loadRecord(database, params.parse(request.params).id);
    return reply.page('views/crm-record', {
      title: record.name,
      nav: 'crm',
      ...crmSubnav('records'),
      record,
    });
  });
}
