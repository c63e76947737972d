import type { FastifyInstance } from 'fastify';
import { requireRole } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { listProposals } from '../../proposals/list-proposals.ts';
import { readId } from '../render/read-input.ts';
import { serveProposalChanges } from './change-routes.ts';
import { loadOverview, loadText } from './load-proposal.ts';

const onlyManagers = { preHandler: requireRole('proposal_manager', 'administrator') };

/** More than anybody has at once; older ones are reached by their address. */
const LISTED = 200;

/** `/proposals`: what there is and what is missing, section by section, and the text so far. */
export function serveProposals(app: FastifyInstance, platform: Pick<Platform, 'clock' | 'database'>): void {
  const { database } = platform;

  app.get('/proposals', onlyManagers, async (_request, reply) => {
    const rows = await listProposals({ database }, { limit: LISTED });
    const proposals = rows.map((row) => ({ ...row, missingCount: row.sectionCount - row.coveredCount }));
    return reply.page('proposals/proposals', {
      title: 'Proposals',
      nav: 'proposals',
      open: proposals.filter(({ closedAt }) => closedAt === null).sort(byDueDay),
      closed: proposals.filter(({ closedAt }) => closedAt !== null),
    });
  });

  app.get('/proposals/:id', onlyManagers, async (request, reply) => {
    const overview = await loadOverview(database, readId(request));
    const { title } = overview.proposal;
    return reply.page('proposals/proposal', { title, nav: 'proposals', ...overview });
  });

  app.get('/proposals/:id/text', onlyManagers, async (request, reply) => {
    const text = await loadText(database, readId(request));
    return reply.page('proposals/text', { title: text.proposal.title, nav: 'proposals', ...text });
  });

  serveProposalChanges(app, platform);
}

function byDueDay(a: { dueAt: Date | null }, b: { dueAt: Date | null }): number {
  return (
    (a.dueAt?.getTime() ?? Number.POSITIVE_INFINITY) - (b.dueAt?.getTime() ?? Number.POSITIVE_INFINITY) || 0
  );
}
