import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { flagNote } from '../../transcription/reports/flags/flag-report.ts';
import {
  countFlags,
  type ListedFlag,
  listFlags,
  listSettlers,
  noteTold,
} from '../../transcription/reports/flags/list-flags.ts';
import { handOverFlag, maySettleFlag, settleFlag } from '../../transcription/reports/flags/settle-flag.ts';
import { setFlash } from '../render/flash.ts';
import { localPath } from '../render/local-path.ts';
import { readForm, readId } from '../render/read-input.ts';

const PAGE_SIZE = 50;
const ROLES = ['rep', 'transcriptionist', 'supervisor', 'manager', 'administrator'] as const;
const SETTLES: ReadonlySet<string> = new Set(['transcriptionist', 'supervisor', 'manager', 'administrator']);

const query = z.object({
  whose: z.enum(['mine', 'made', 'all']).optional().catch(undefined),
  settled: z.literal('1').optional().catch(undefined),
  at: z.iso.datetime().optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
});
const back = z.string().max(2000).optional();

/** `/flags`: what is marked as wrong, with whom, since when. */
export function serveFlags(app: FastifyInstance, platform: Platform): void {
  const { database, clock } = platform;
  const people = { preHandler: requireRole(...ROLES) };

  app.get('/flags', people, async (request, reply) => {
    const user = userOf(request);
    const settles = user.roles.some((role) => SETTLES.has(role));
    const { whose = settles ? 'mine' : 'made', settled: isSettled, at, after } = query.parse(request.query);
    const settled = isSettled !== undefined;
    const from = at && after ? { createdAt: new Date(at), id: after } : null;
    const [rows, counts, settlers] = await Promise.all([
      listFlags(database, user, { whose, settled, limit: PAGE_SIZE, after: from }),
      countFlags(database, user),
      settles ? listSettlers(database) : [],
    ]);
    const shown = rows.slice(0, PAGE_SIZE);
    await noteTold(database, { flagIds: shown.map(({ id }) => id), userId: user.id, now: clock.now() });
    const address = (change: Record<string, string | undefined>) => {
      const given = { whose, ...(settled && { settled: '1' }), ...change };
      const set = Object.entries(given).flatMap(([key, value]) => (value ? [[key, value]] : []));
      return `/flags?${new URLSearchParams(set)}`;
    };
    const last = shown.at(-1);
    return reply.page('flags/flags', {
      title: 'Marked as wrong',
      nav: 'flags',
      whose,
      settled,
      flags: shown.map((flag) => showFlag(flag, user, clock.now())),
      tabs: [
        ...(settles ? [{ label: 'With me', open: counts.mine, key: 'mine' }] : []),
        { label: 'Marked by me', open: counts.made, key: 'made' },
        { label: settles ? 'All' : 'On my reports', open: counts.all, key: 'all' },
      ].map((tab) => ({ ...tab, href: address({ whose: tab.key }), current: tab.key === whose })),
      toggle: address({ settled: settled ? undefined : '1' }),
      settlers,
      viewerId: user.id,
      back: address({}),
      first: from && address({}),
      next:
        rows.length > PAGE_SIZE && last
          ? address({ at: last.createdAt.toISOString(), after: last.id })
          : null,
    });
  });

  app.post('/flags/:id/settle', people, async (request, reply) => {
    const form = readForm(z.object({ settlement: flagNote.default(''), back }), request);
    const { reportId } = await settleFlag(platform, {
      flagId: readId(request),
      user: userOf(request),
      settlement: form.settlement,
    });
    setFlash(request, 'Settled. Whoever marked it is told.');
    return reply.redirect(localPath(form.back) || `/reports/${reportId}`, 303);
  });

  app.post('/flags/:id/owner', people, async (request, reply) => {
    const form = readForm(z.object({ owner: z.uuid(), back }), request);
    const user = userOf(request);
    const { reportId } = await handOverFlag(platform, { flagId: readId(request), user, ownerId: form.owner });
    setFlash(request, form.owner === user.id ? 'It is with you now.' : 'Handed over.');
    return reply.redirect(localPath(form.back) || `/reports/${reportId}`, 303);
  });
}

function showFlag(flag: ListedFlag, user: ReturnType<typeof userOf>, now: Date) {
  const { report, unit } = flag;
  return {
    ...flag,
    // The unit as it is called in the address, wherever it stands by now.
    href: `/reports/${report.id}${unit ? `#unit-${unit.number}` : ''}`,
    customer: report.account?.name ?? 'Customer not known',
    reference: report.dictation.reference,
    ageMs: now.getTime() - flag.createdAt.getTime(),
    isMine: flag.owner?.id === user.id,
    byMe: flag.flaggedBy?.id === user.id,
    maySettle:
      flag.settledAt === null &&
      maySettleFlag(user, {
        ownerId: flag.ownerId,
        flaggedById: flag.flaggedById,
        finalizedById: report.finalizedById,
      }),
  };
}
