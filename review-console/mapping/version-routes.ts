import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { MappingService } from '../../crm-sync/mapping/mapping-service.ts';
import type { RedeliverWhich } from '../../crm-sync/mapping/redeliver.ts';
import { diffMappings } from '../../crm-sync/mapping/versions/diff-mappings.ts';
import { keyedMapping } from '../../crm-sync/mapping/versions/draft-content.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { AppError, Conflict, InvalidInput } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { crmSubnav } from '../crm/crm-subnav.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { plural } from '../view-helpers/amounts.ts';
import { fullDay } from '../view-helpers/dates.ts';
import { changeWords, loadNames } from './load-mapping.ts';

const SHOWN = 20;
const madeOn = z.object({ version: z.coerce.number().int(), revision: z.coerce.number().int() });
const importForm = madeOn.extend({ json: z.string().max(1_000_000) });
const numberParam = z.coerce.number().int().min(1);
const whichForm = z.object({
  which: z.enum(['last', 'since']).catch('last'),
  last: z.coerce.number().int().min(1).max(100_000).catch(50),
  since: z.iso.date().optional().catch(undefined),
});
const exported = z.object({ mappings: z.array(keyedMapping).max(500) });

/** `/crm/mapping/:id/versions`: what was in force when, and why; bringing it back; delivering anew; moving it elsewhere. */
export function serveMappingVersions(
  app: FastifyInstance,
  { database }: Pick<Platform, 'database'>,
  service: MappingService,
): void {
  const administrators = { preHandler: requireRole('administrator') };

  app.get('/crm/mapping/:id/versions', administrators, async (request, reply) => {
    const id = readId(request);
    const [view, names, versions] = await Promise.all([
      service.view(id),
      loadNames(database),
      service.versions(id),
    ]);
    const shown = versions.slice(0, SHOWN);
    const contents = await Promise.all(
      shown.map(async ({ version }) => [
        await service.version(id, version),
        version > 1 ? await service.version(id, version - 1) : [],
      ]),
    );
    return reply.page('mapping/versions', {
      title: 'Versions of the mapping',
      nav: 'crm',
      ...crmSubnav('mapping', userOf(request)),
      connector: view.connector,
      version: view.version,
      revision: view.draft?.revision ?? 0,
      hasDraft: view.draft !== null,
      versions: shown.map((each, index) => {
        const [mappings = [], before = []] = contents[index] ?? [];
        return {
          ...each,
          isInForce: each.version === view.version,
          size: mappings.length,
          changes:
            each.version > 1
              ? diffMappings(before, mappings).map((change) => changeWords(change, view.objects, names))
              : [],
        };
      }),
    });
  });

  app.post('/crm/mapping/:id/versions/:number/bring-back', administrators, async (request, reply) => {
    const id = readId(request);
    const version = numberParam.parse((request.params as { number: string }).number);
    const on = readForm(madeOn, request);
    try {
      await service.change(id, { ...on, edit: { kind: 'bring_back', version }, actor: userOf(request) });
      setFlash(request, `Version ${version} is in the draft. Nothing is in force yet.`);
      return reply.redirect(`/crm/mapping/${id}/dry-run`, 303);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      setFlash(request, error.userMessage);
      return reply.redirect(`/crm/mapping/${id}`, 303);
    }
  });

  app.get('/crm/mapping/:id/redeliver', administrators, async (request, reply) => {
    const view = await service.view(readId(request));
    const form = whichForm.parse(request.query);
    return reply.page('mapping/redeliver', {
      title: 'Deliver reports anew',
      nav: 'crm',
      ...crmSubnav('mapping', userOf(request)),
      connector: view.connector,
      ...form,
      reports: await service.countRedelivered(toWhich(form)),
      sinceDay: form.since && fullDay(form.since),
    });
  });

  app.post('/crm/mapping/:id/redeliver', administrators, async (request, reply) => {
    const id = readId(request);
    const which = toWhich(readForm(whichForm, request));
    const reports = await service.redeliver(id, which, userOf(request));
    setFlash(request, `${plural(reports, 'report')} on the way. What becomes of them shows here.`);
    return reply.redirect('/crm', 303);
  });

  app.get('/crm/mapping/:id/mapping.json', administrators, async (request, reply) => {
    const { connector, version, inForce } = await service.view(readId(request));
    const name = `mapping-${connector.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${version}.json`;
    return reply
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(`${JSON.stringify({ mappings: inForce }, null, 2)}\n`);
  });

  app.post('/crm/mapping/:id/import', administrators, async (request, reply) => {
    const id = readId(request);
    const { json, ...on } = readForm(importForm, request);
    try {
      const { mappings } = readExported(json);
      await service.change(id, { ...on, edit: { kind: 'replace', mappings }, actor: userOf(request) });
      setFlash(request, `${plural(mappings.length, 'field')} in the draft. Nothing is in force yet.`);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      setFlash(request, error.userMessage);
    }
    return reply.redirect(`/crm/mapping/${id}`, 303);
  });
}

function toWhich({ which, last, since }: z.infer<typeof whichForm>): RedeliverWhich {
  return which === 'since' && since !== undefined ? { since } : { last };
}

/** @throws InvalidInput it is no file of ours */
function readExported(json: string): z.infer<typeof exported> {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    content = null;
  }
  const parsed = exported.safeParse(content);
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new InvalidInput('an import of a mapping that is none', {
    userMessage: `This is no mapping as it is exported here${at ? ` (look at ${at})` : ''}. Nothing was changed.`,
  });
}
