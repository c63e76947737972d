import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { MappingFields } from '../../crm-sync/mapping/mapping.ts';
import type { MappingService, MappingView } from '../../crm-sync/mapping/mapping-service.ts';
import { fitsObject, listSources } from '../../crm-sync/mapping/sources.ts';
import { mappingInput } from '../../crm-sync/mapping/versions/draft-content.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { crmSubnav } from '../crm/crm-subnav.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { type EditorInput, loadEditor } from './editor.ts';
import {
  isObjectType,
  type MappingForm,
  mappingForm,
  startTemplate,
  toMappingFields,
} from './mapping-form.ts';

const startQuery = z.object({ object: z.string().optional(), field: z.string().max(200).optional() });
const madeOn = z.object({ version: z.coerce.number().int(), revision: z.coerce.number().int() });
const tried = mappingForm.extend({
  /** Another report to look at. */
  pick: z.union([z.literal(''), z.uuid()]).default(''),
  /** What the form had before: another source begins with another template, another object with a field of its own. */
  sourceWas: z.string().max(200).default(''),
  objectWas: z.string().max(200).default(''),
});

/** `/crm/mapping/:id/fields`: one field of the CRM, what goes into it and how, with a preview on real reports. */
export function serveMappingFields(
  app: FastifyInstance,
  { database }: Pick<Platform, 'database'>,
  service: MappingService,
): void {
  const administrators = { preHandler: requireRole('administrator') };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    input: EditorInput,
    status = 200,
  ): Promise<FastifyReply> {
    const editor = await loadEditor(service, database, input);
    return reply.code(status).page('mapping/field', {
      title: input.key === null ? 'Map a field' : `${editor.named.fieldLabel} of ${editor.named.objectLabel}`,
      nav: 'crm',
      ...crmSubnav('mapping', userOf(request)),
      pageClass: 'page-wide',
      scripts: ['mapping'],
      ...editor,
    });
  }

  app.get('/crm/mapping/:id/fields/new', administrators, async (request, reply) => {
    const view = await service.view(readId(request));
    const { object, field } = startQuery.parse(request.query);
    const objectType = isObjectType(object) ? object : 'account';
    const source = objectType === 'task' ? 'next_step' : objectType === 'contact' ? 'contact' : 'stage';
    const sources = await listSources(database);
    const threshold = sources.find((each) => each.source === source)?.threshold ?? 0.8;
    const mapping: MappingFields = {
      source,
      objectType,
      targetField: field ?? firstFree(view, objectType),
      template: startTemplate(source),
      policy: 'overwrite_ours',
      confirmedOnly: true,
      minConfidence: threshold,
      valueMap: [],
      lineIds: [],
      regions: [],
      teamIds: [],
    };
    const revision = view.draft?.revision ?? 0;
    return show(request, reply, { view, key: null, mapping, revision, reportId: null, error: null });
  });

  app.get('/crm/mapping/:id/fields/:key', administrators, async (request, reply) => {
    const view = await service.view(readId(request));
    const key = readId(request, 'key');
    const found = (view.draft?.mappings ?? view.inForce).find((each) => each.key === key);
    if (found === undefined)
      throw new NotFound(`no mapping ${key}`, {
        userMessage: 'This field is not mapped any more. Go back to the mapping and look again.',
      });
    const revision = view.draft?.revision ?? 0;
    return show(request, reply, { view, key, mapping: found, revision, reportId: null, error: null });
  });

  // Nothing is kept: the page as the form says, with what it makes of a report.
  app.post('/crm/mapping/:id/fields/try', administrators, async (request, reply) => {
    const form = readForm(tried, request);
    const view = await service.view(readId(request));
    return show(request, reply, {
      view,
      key: form.key || null,
      mapping: settled(form, view),
      revision: form.revision,
      reportId: form.pick || form.reportId || null,
      error: null,
    });
  });

  app.post('/crm/mapping/:id/fields', administrators, async (request, reply) => {
    const id = readId(request);
    const form = readForm(mappingForm, request);
    const mapping = toMappingFields(form);
    const again = async (message: string, status: number) =>
      show(
        request,
        reply,
        {
          view: await service.view(id),
          key: form.key || null,
          mapping,
          // Sent once more it is meant, having seen what stands there.
          revision: (await service.view(id)).draft?.revision ?? 0,
          reportId: form.reportId || null,
          error: message,
        },
        status,
      );
    const parsed = mappingInput.safeParse(mapping);
    if (!parsed.success) return again('Choose a field of the CRM and what goes into it.', 400);
    try {
      await service.change(id, {
        version: form.version,
        revision: form.revision,
        edit: { kind: 'put', key: form.key || null, mapping: parsed.data },
        actor: userOf(request),
      });
    } catch (error) {
      if (error instanceof Conflict) return again(error.userMessage, 409);
      if (error instanceof InvalidInput) return again(error.userMessage, 400);
      throw error;
    }
    setFlash(request, 'Saved in the draft. Nothing is in force yet.');
    return reply.redirect(`/crm/mapping/${id}`, 303);
  });

  async function change(
    request: FastifyRequest,
    reply: FastifyReply,
    kind: 'remove' | 'reset',
    done: string,
  ) {
    const id = readId(request);
    const on = readForm(madeOn, request);
    try {
      await service.change(id, {
        ...on,
        edit: { kind, key: readId(request, 'key') },
        actor: userOf(request),
      });
      setFlash(request, done);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      setFlash(request, error.userMessage);
    }
    return reply.redirect(`/crm/mapping/${id}`, 303);
  }
  app.post('/crm/mapping/:id/fields/:key/remove', administrators, (request, reply) =>
    change(request, reply, 'remove', 'Taken out of the draft. What is in force stays until the draft is.'),
  );
  app.post('/crm/mapping/:id/fields/:key/reset', administrators, (request, reply) =>
    change(request, reply, 'reset', 'As it is in force.'),
  );
}

/** A form whose object or source was just changed, with what goes with the new one. */
function settled(
  form: MappingForm & { sourceWas: string; objectWas: string },
  view: MappingView,
): MappingFields {
  const mapping = toMappingFields(form);
  const { objectType } = mapping;
  if (objectType !== form.objectWas) mapping.targetField = firstFree(view, objectType);
  if (!fitsObject(mapping.source, objectType))
    mapping.source = objectType === 'task' ? 'next_step' : 'report';
  const isUntouched = mapping.template === startTemplate(form.sourceWas);
  if (isUntouched && mapping.source !== form.sourceWas) mapping.template = startTemplate(mapping.source);
  return mapping;
}

/** The first field of an object that nothing is written to yet. */
function firstFree(view: MappingView, objectType: string): string {
  const taken = new Set(
    (view.draft?.mappings ?? view.inForce)
      .filter((each) => each.objectType === objectType)
      .map(({ targetField }) => targetField),
  );
  const fields = view.objects?.find((each) => each.objectType === objectType)?.fields ?? [];
  return fields.find(({ key, writable }) => writable && !taken.has(key))?.key ?? fields[0]?.key ?? '';
}
