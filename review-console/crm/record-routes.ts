import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { editValue } from '../../crm-sync/builtin-crm/edit-value.ts';
import { listRecords } from '../../crm-sync/builtin-crm/records.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { crmSubnav } from './crm-subnav.ts';
import { countRecords, isObjectType, loadRecord, OBJECT_LABELS } from './load-records.ts';
import { showName } from './show-value.ts';

const recordsQuery = z.object({
  type: z.string().catch('account'),
  q: z.string().trim().max(100).catch(''),
  name: z.string().max(500).optional(),
  after: z.uuid().optional().catch(undefined),
});
const edit = z.object({
  field: z.string().min(1).max(100),
  text: z.string().max(10_000).default(''),
  revision: z.coerce.number().int(),
  requestId: z.uuid(),
});

/** `/crm/records`: the built-in CRM, each value with where it comes from. */
export function serveCrmRecords(
  app: FastifyInstance,
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
): void {
  const readers = { preHandler: requireRole('administrator', 'manager') };

  app.get('/crm/records', readers, async (request, reply) => {
    const { type: asked, q, name, after } = recordsQuery.parse(request.query);
    const type = isObjectType(asked) ? asked : 'account';
    const from = name !== undefined && after !== undefined ? { name, id: after } : null;
    const [page, sizes] = await Promise.all([
      listRecords({ database }, { objectType: type, search: q, after: from }),
      countRecords(database),
    ]);
    const address = (more: Record<string, string>) =>
      `/crm/records?${new URLSearchParams({ type, ...(q && { q }), ...more })}`;
    return reply.page('views/crm-records', {
      title: OBJECT_LABELS[type],
      nav: 'crm',
      ...crmSubnav('records', userOf(request)),
      type,
      typeLabel: OBJECT_LABELS[type],
      types: Object.entries(OBJECT_LABELS).map(([key, label]) => ({
        key,
        label,
        size: sizes.get(key) ?? 0,
        current: key === type,
      })),
      q,
      records: page.records.map((record) => ({ ...record, name: showName(record.name) })),
      total: page.total,
      first: from && address({}),
      next: page.next && address({ name: page.next.name, after: page.next.id }),
    });
  });

  app.get('/crm/records/:id', readers, async (request, reply) => {
    const record = await loadRecord({ database }, readId(request));
    return reply.page('views/crm-record', {
      title: record.name,
      nav: 'crm',
      ...crmSubnav('records', userOf(request)),
      record,
      mayEdit: userOf(request).roles.includes('administrator'),
      requestId: randomUUID(),
    });
  });

  app.post('/crm/records/:id', { preHandler: requireRole('administrator') }, async (request, reply) => {
    const id = readId(request);
    const actorId = userOf(request).id;
    const change = readForm(edit, request);
    await editValue({ database, clock }, { recordId: id, ...change, actorId });
    await database.prisma.auditEntry.create({
      data: {
        actorId,
        action: 'crm_record.edited',
        subjectType: 'crm_record',
        subjectId: id,
        detail: { fields: [change.field] },
      },
    });
    setFlash(request, 'Changed. The value before is kept in the history.');
    return reply.redirect(`/crm/records/${id}`, 303);
  });
}
