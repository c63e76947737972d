import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { keyOf } from '../../transcription/report-fields/field-definition.ts';
import { listReportFields, readFieldHistory } from '../../transcription/report-fields/read-report-fields.ts';
import { tryField } from '../../transcription/report-fields/try-field.ts';
import { addReportField, changeReportField } from '../../transcription/report-fields/write-report-fields.ts';
import { administrationPage } from '../render/administration-page.ts';
import { setFlash } from '../render/flash.ts';
import { readForm } from '../render/read-input.ts';
import { type FieldForm, fieldForm, TYPE_WORDS, toBoxes, toInput } from './field-form.ts';
import { COLUMNS, readFieldsCsv, writeFieldsCsv } from './fields-csv.ts';

const keyParams = z.object({ key: z.string().min(1).max(60) });
const switchForm = z.object({
  base: z.coerce.number().int().min(1),
  active: z.enum(['yes', 'no']).transform((answer) => answer === 'yes'),
});
const upload = z.object({ csv: z.string().max(500_000).default('') });
const EMPTY = fieldForm.parse({ type: 'date' });

/** `/report-fields`: what a report holds besides what every report has, defined by the company. */
export function serveReportFields(
  app: FastifyInstance,
  platform: Pick<Platform, 'clock' | 'database'>,
): void {
  const { database } = platform;
  const onlyAdministrators = { preHandler: requireRole('administrator') };

  async function showList(reply: FastifyReply, more: { csv?: string; csvError?: string } = {}) {
    const fields = (await listReportFields(database)).map((field) => ({
      ...field,
      typeName: TYPE_WORDS.find(({ type }) => type === field.type)?.name,
    }));
    const page = {
      inUse: fields.filter(({ active }) => active),
      off: fields.filter(({ active }) => !active),
      columns: COLUMNS,
      ...more,
    };
    return reply.page('report-fields/fields', administrationPage('report-fields', 'Report fields', page));
  }

  /** The form of one field, with what it finds. `key` is null for one that is not there yet. */
  async function showField(
    reply: FastifyReply,
    key: string | null,
    more: { form?: FieldForm; error?: string | undefined } = {},
  ) {
    const history = key === null ? [] : await readFieldHistory(database, key);
    const [inForce] = history;
    if (key !== null && !inForce) throw new NotFound(`no report field ${key}`);
    const input = more.form ? toInput(more.form) : (inForce ?? toInput(EMPTY));
    const sentence = more.form?.sentence ?? '';
    const tried = await tryField(platform, input, [sentence, ...input.examples]);
    return reply.page(
      'report-fields/field',
      administrationPage('report-fields', inForce?.label ?? 'A new field', {
        key,
        inForce,
        history,
        field: toBoxes(input),
        types: TYPE_WORDS,
        base: inForce?.version ?? 0,
        sentence,
        tried,
        error: more.error,
      }),
    );
  }

  const refused = (error: unknown): string => {
    if (error instanceof InvalidInput || error instanceof Conflict) return error.userMessage;
    throw error;
  };

  app.get('/report-fields', onlyAdministrators, (_request, reply) => showList(reply));

  app.get('/report-fields/new', onlyAdministrators, (_request, reply) => showField(reply, null));

  app.get('/report-fields/fields.csv', onlyAdministrators, async (_request, reply) =>
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="report-fields.csv"')
      .header('cache-control', 'no-store')
      .send(writeFieldsCsv((await listReportFields(database)).filter(({ active }) => active))),
  );

  app.get('/report-fields/:key', onlyAdministrators, (request, reply) =>
    showField(reply, keyParams.parse(request.params).key),
  );

  /** The same page again with what the form, as it stands, finds. Saves nothing. */
  app.post('/report-fields/try', onlyAdministrators, async (request: FastifyRequest, reply) => {
    const form = readForm(fieldForm, request);
    return showField(reply, form.key || null, { form });
  });

  app.post('/report-fields', onlyAdministrators, async (request, reply) => {
    const form = readForm(fieldForm, request);
    try {
      await addReportField(platform, toInput(form), userOf(request).id);
    } catch (error) {
      const message = refused(error);
      return showField(reply.code(400), null, { form, error: message });
    }
    setFlash(request, `“${form.label}” is looked for in every text from now on.`);
    return reply.redirect('/report-fields', 303);
  });

  app.post('/report-fields/import', onlyAdministrators, async (request, reply) => {
    const { csv } = readForm(upload, request);
    const read = readFieldsCsv(csv);
    if (!read.ok) return showList(reply.code(400), { csv, csvError: read.message });
    const counts = { added: 0, changed: 0 };
    const there = new Map((await listReportFields(database)).map((field) => [field.key, field]));
    try {
      for (const field of read.fields) {
        const known = there.get(keyOf(field.label));
        if (known) {
          const change = { ...field, active: true, base: known.version };
          const { version } = await changeReportField(platform, known.key, change, userOf(request).id);
          if (version !== known.version) counts.changed += 1;
        } else {
          await addReportField(platform, field, userOf(request).id);
          counts.added += 1;
        }
      }
    } catch (error) {
      // Each field is a change of its own: those before it stand, and the file can be sent again.
      return showList(reply.code(400), { csv, csvError: refused(error) });
    }
    setFlash(request, `${counts.added} added, ${counts.changed} changed.`);
    return reply.redirect('/report-fields', 303);
  });

  app.post('/report-fields/:key', onlyAdministrators, async (request, reply) => {
    const { key } = keyParams.parse(request.params);
    const form = readForm(fieldForm, request);
    try {
      await changeReportField(platform, key, { ...toInput(form), base: form.base }, userOf(request).id);
    } catch (error) {
      const message = refused(error);
      return showField(reply.code(error instanceof Conflict ? 409 : 400), key, { form, error: message });
    }
    setFlash(request, 'Saved. It counts for texts from now on.');
    return reply.redirect('/report-fields', 303);
  });

  app.post('/report-fields/:key/switch', onlyAdministrators, async (request, reply) => {
    const { key } = keyParams.parse(request.params);
    const change = readForm(switchForm, request);
    await changeReportField(platform, key, change, userOf(request).id);
    setFlash(
      request,
      change.active
        ? 'It is looked for again.'
        : 'It is not looked for any more. Values that reports have stay.',
    );
    return reply.redirect('/report-fields', 303);
  });
}
