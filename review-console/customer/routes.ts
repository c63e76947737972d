import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { findRecordId } from '../../crm-sync/builtin-crm/records.ts';
import { type CustomerUnit, customerPage, customerTimeline } from '../../insight/customer/customer-page.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { AppError, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { setAccountNumber } from '../../transcription/accounts/account-numbers.ts';
import { readBriefing } from '../../transcription/briefing/read-briefing.ts';
import { loadCodeLabels } from '../codebook/code-labels.ts';
import { setFlash } from '../render/flash.ts';
import { toPager } from '../render/paging.ts';
import { readForm, readId } from '../render/read-input.ts';
import { listCustomers } from './list-customers.ts';

const PAGE_SIZE = 50;
const TIMELINE = 40;
const listQuery = z.object({
  q: z.string().trim().max(100).catch(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
const pageQuery = z.object({
  code: z.string().max(100).optional().catch(undefined),
  offset: z.coerce.number().int().min(0).max(100_000).catch(0),
});

const numberForm = z.object({ shortNumber: z.string().max(20).default('') });

/** As voices speak: the pauses between sentences among it. */
const MS_PER_WORD = 60_000 / 150;

const MOODS: Record<string, { word: string; tone: string }> = {
  '-1': { word: 'went badly', tone: 'late' },
  '0': { word: 'neither good nor bad', tone: '' },
  '1': { word: 'went well', tone: 'good' },
};

/** `/customers`, `/customers/:id`: what do we know before going in, and what would the phone say of it? */
export function serveCustomers(app: FastifyInstance, platform: Pick<Platform, 'database' | 'clock'>): void {
  const { database, clock } = platform;
  const readers = { preHandler: requireRole('manager', 'rep', 'administrator') };

  app.get('/customers', readers, async (request, reply) => {
    const { q, page } = listQuery.parse(request.query);
    const customers = await listCustomers(database, userOf(request), {
      q,
      limit: PAGE_SIZE,
      offset: (page - 1) * PAGE_SIZE,
    });
    const total = customers[0]?.total ?? 0;
    return reply.page('views/customers', {
      title: 'Customers',
      nav: 'customers',
      q,
      customers,
      pager: toPager(request.url, { page, pageSize: PAGE_SIZE, total }),
    });
  });

  const showCustomer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    more: { number?: string; numberError?: string } = {},
  ) => {
    const user = userOf(request);
    const id = readId(request);
    const { code, offset } = pageQuery.parse(request.query);
    const account = { accountId: id };
    const [customer, timeline, labelOf, briefing] = await Promise.all([
      customerPage(platform, user, id),
      customerTimeline(platform, user, id, { code: code ?? null, limit: TIMELINE + 1, offset }),
      loadCodeLabels(database),
      readBriefing(database.pool, { account, listenerId: user.id, language: 'en-US', now: clock.now() }),
    ]);
    if (customer === null) throw new NotFound(`no account ${id}`);
    const seesCrm = user.roles.some((role) => role === 'manager' || role === 'administrator');
    const labeled = (keys: readonly string[]) => keys.map((key) => ({ key, label: labelOf(key) }));
    const address = (query: Record<string, string>) =>
      `/customers/${id}?${new URLSearchParams({ ...(code && { code }), ...query })}#timeline`;
    return reply.page('views/customer', {
      title: customer.account.name,
      nav: 'customers',
      ...customer,
      meetings: customer.meetings.map((meeting) => ({ ...meeting, mood: MOODS[String(meeting.sentiment)] })),
      complaints: customer.complaints.map((unit) => ({ ...unit, codes: labeled(unit.codes) })),
      timeline: byReport(
        timeline.slice(0, TIMELINE).map((unit) => ({ ...unit, codes: labeled(unit.codes) })),
      ),
      codes: customer.codes.map((each) => ({
        ...each,
        label: labelOf(each.key),
        current: each.key === code,
        href: `/customers/${id}?code=${encodeURIComponent(each.key)}#timeline`,
      })),
      code: code && labelOf(code),
      allHref: `/customers/${id}#timeline`,
      newer: offset > 0 ? address({ offset: String(Math.max(0, offset - TIMELINE)) }) : null,
      older: timeline.length > TIMELINE ? address({ offset: String(offset + TIMELINE) }) : null,
      briefing,
      briefingMs: (briefing?.words ?? 0) * MS_PER_WORD,
      mayNumber: user.roles.includes('administrator'),
      ...more,
      crmRecordId: seesCrm ? await findRecordId({ database }, 'account', customer.account.externalId) : null,
    });
  };

  app.get('/customers/:id', readers, (request, reply) => showCustomer(request, reply));

  app.post('/customers/:id/number', { preHandler: requireRole('administrator') }, async (request, reply) => {
    const { shortNumber } = readForm(numberForm, request);
    const accountId = readId(request);
    try {
      await setAccountNumber(platform, { accountId, shortNumber, actorId: userOf(request).id });
    } catch (error) {
      if (!(error instanceof AppError) || error instanceof NotFound) throw error;
      const more = { number: shortNumber, numberError: error.userMessage };
      return showCustomer(request, reply.code(error.statusCode), more);
    }
    setFlash(request, `Reps key in ${shortNumber.trim()} from now on.`);
    return reply.redirect(`/customers/${accountId}`, 303);
  });
}

/** Units under the report that says them, in the order that they came in. */
function byReport<Unit extends Pick<CustomerUnit, 'report' | 'speaker'>>(units: readonly Unit[]) {
  const groups: { report: Unit['report']; speaker: Unit['speaker']; units: Unit[] }[] = [];
  for (const unit of units) {
    const last = groups.at(-1);
    if (last?.report.id === unit.report.id) last.units.push(unit);
    else groups.push({ report: unit.report, speaker: unit.speaker, units: [unit] });
  }
  return groups;
}
