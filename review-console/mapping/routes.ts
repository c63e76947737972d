import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Outcome } from '../../crm-sync/mapping/dry-run/simulate.ts';
import { createMappingService, type MappingService } from '../../crm-sync/mapping/mapping-service.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { Conflict } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { crmSubnav } from '../crm/crm-subnav.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { fullDay } from '../view-helpers/dates.ts';
import { serveMappingFields } from './field-routes.ts';
import { loadNames, nameMapping, showMapping } from './load-mapping.ts';
import { serveMappingVersions } from './version-routes.ts';
import { OUTCOME_WORDS, shortValue } from './words.ts';

const applyForm = z.object({
  revision: z.coerce.number().int().min(1),
  note: z.string().trim().max(500).default(''),
});
const describeQuery = z.object({ anew: z.literal('yes').optional().catch(undefined) });

/** `/crm/mapping`: what of each report goes into which field of which CRM, and how that is changed. */
export function serveMapping(app: FastifyInstance, platform: Platform): void {
  const { database } = platform;
  const service = createMappingService(platform);
  const administrators = { preHandler: requireRole('administrator') };

  app.get('/crm/mapping', administrators, async (request, reply) => {
    const [first, ...others] = await service.list();
    if (first !== undefined && others.length === 0) return reply.redirect(`/crm/mapping/${first.id}`, 303);
    return reply.page('mapping/connectors', {
      title: 'Mapping',
      nav: 'crm',
      ...crmSubnav('mapping', userOf(request)),
      connectors: first === undefined ? [] : [first, ...others],
    });
  });

  app.get('/crm/mapping/:id', administrators, async (request, reply) => {
    const id = readId(request);
    const { anew } = describeQuery.parse(request.query);
    const [view, names, connectors, versions] = await Promise.all([
      service.view(id, { anew: anew === 'yes' }),
      loadNames(database),
      service.list(),
      service.versions(id),
    ]);
    return reply.page('mapping/mapping', {
      title: 'Mapping',
      nav: 'crm',
      ...crmSubnav('mapping', userOf(request)),
      ...view,
      connectors: connectors.map((each) => ({ ...each, current: each.id === id })),
      hasSeveral: connectors.length > 1,
      ...showMapping(view, names),
      newest: versions[0] ?? null,
      revision: view.draft?.revision ?? 0,
    });
  });

  app.get('/crm/mapping/:id/dry-run', administrators, async (request, reply) => {
    const id = readId(request);
    const [view, names] = await Promise.all([service.view(id), loadNames(database)]);
    const { result, problem } = await tryDryRun(service, id);
    return reply.page('mapping/dry-run', {
      title: 'What it would change',
      nav: 'crm',
      ...crmSubnav('mapping', userOf(request)),
      scripts: ['mapping'],
      connector: view.connector,
      version: view.version,
      draft: view.draft,
      restores: view.draft?.restores ?? null,
      faults: view.faults,
      blocked: view.faults.filter(({ blocks }) => blocks),
      ...pick(showMapping(view, names)),
      problem,
      result,
      outcomes: Object.entries(result?.counts ?? {})
        .filter(([, count]) => count > 0)
        .map(([outcome, size]) => ({ outcome, size, ...OUTCOME_WORDS[outcome as Outcome] })),
      rows: result?.rows.map((row) => ({
        ...row,
        ...OUTCOME_WORDS[row.outcome],
        day: fullDay(row.report.date),
        wanted: shortValue(row.wanted, row.dataType),
        before: shortValue(row.before, row.dataType),
        after: shortValue(row.after, row.dataType),
        changes: row.outcome === 'written' || row.outcome === 'appended' || row.outcome === 'taken_back',
        objectLabel: nameMapping({ ...EMPTY, objectType: row.objectType }, view.objects, names).objectLabel,
        presentWord: row.present && OUTCOME_WORDS[row.present.outcome].label.toLowerCase(),
      })),
    });
  });

  app.post('/crm/mapping/:id/apply', administrators, async (request, reply) => {
    const id = readId(request);
    const form = readForm(applyForm, request);
    try {
      const { version, added, changed, removed } = await service.apply(id, {
        ...form,
        actor: userOf(request),
      });
      setFlash(
        request,
        `Version ${version} is in force: ${added} new, ${changed} changed, ${removed} gone. Reports from now on go by it.`,
      );
      return reply.redirect(`/crm/mapping/${id}/versions`, 303);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      setFlash(request, error.userMessage);
      return reply.redirect(`/crm/mapping/${id}`, 303);
    }
  });

  app.post('/crm/mapping/:id/usual', administrators, async (request, reply) => {
    const id = readId(request);
    const { version, draft, inForce, usual } = await service.view(id);
    const added = usual.map((mapping) => ({ ...mapping, key: randomUUID() }));
    try {
      await service.change(id, {
        version,
        revision: draft?.revision ?? 0,
        edit: { kind: 'replace', mappings: [...(draft?.mappings ?? inForce), ...added] },
        actor: userOf(request),
      });
      setFlash(request, 'Added to the draft. Nothing is in force yet.');
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      setFlash(request, error.userMessage);
    }
    return reply.redirect(`/crm/mapping/${id}`, 303);
  });

  app.post('/crm/mapping/:id/discard', administrators, async (request, reply) => {
    const id = readId(request);
    await service.discard(id, userOf(request));
    setFlash(request, 'The draft is thrown away. What is in force is as it was.');
    return reply.redirect(`/crm/mapping/${id}`, 303);
  });

  serveMappingFields(app, platform, service);
  serveMappingVersions(app, platform, service);
}

const EMPTY = {
  source: '',
  targetField: '',
  template: '',
  policy: 'never' as const,
  confirmedOnly: true,
  minConfidence: 0,
  valueMap: [],
  lineIds: [],
  regions: [],
  teamIds: [],
};

const pick = ({ changes }: ReturnType<typeof showMapping>) => ({ changes });

/** What keeps a dry run from being made is told on its page. */
async function tryDryRun(service: MappingService, id: string) {
  try {
    return { result: await service.dryRun(id), problem: null };
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return { result: null, problem: error.userMessage };
  }
}
