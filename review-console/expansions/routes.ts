import { stringify } from 'csv-stringify/sync';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { Forbidden, InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { loadExpansions } from '../../transcription/expansions/load-expansions.ts';
import { suggestPhrases } from '../../transcription/expansions/suggest-phrases.ts';
import {
  importExpansions,
  putExpansion,
  removeExpansion,
} from '../../transcription/expansions/write-expansions.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { COLUMNS, readExpansionsCsv } from './expansions-csv.ts';
import { showExpansions } from './show-expansions.ts';
import { mayCompany, TYPISTS, typingPage } from './typing-page.ts';

const whose = z.enum(['me', 'company']).catch('me');
const form = z.object({
  shortForm: z.string().max(100).default(''),
  text: z.string().max(4000).default(''),
  whose,
  replace: z.string().optional(),
});
const upload = z.object({
  csv: z.string().max(1_000_000).default(''),
  whose,
  replace: z.string().optional(),
});

interface More {
  error?: string;
  typed?: { shortForm: string; text: string; whose: string };
  /** What stands there already under the same short form. */
  clash?: { shortForm: string; text: string };
  csv?: string;
  csvWhose?: string;
  csvError?: string;
  csvClashes?: { shortForm: string; text: string; instead: string }[];
}

/** `/expansions`: short forms of a person and of the company. */
export function serveExpansions(app: FastifyInstance, platform: Pick<Platform, 'clock' | 'database'>): void {
  const typists = { preHandler: requireRole(...TYPISTS) };

  async function show(request: FastifyRequest, reply: FastifyReply, more: More = {}) {
    const user = userOf(request);
    const rows = await loadExpansions(platform, user.id);
    return reply.page(
      'expansions/expansions',
      typingPage(
        'expansions',
        'Short forms',
        {
          ...showExpansions(rows, platform.clock.now()),
          phrases: await suggestPhrases(platform, user.id, rows),
          mayCompany: mayCompany(user),
          columns: COLUMNS,
          ...more,
        },
        user,
      ),
    );
  }

  /** The company's are for supervisors and administrators. @throws Forbidden */
  function ownership(request: FastifyRequest, owner: 'me' | 'company') {
    const user = userOf(request);
    if (owner === 'company' && !mayCompany(user)) throw new Forbidden('a company expansion of a typist');
    return { ownerId: owner === 'company' ? null : user.id, actorId: user.id };
  }

  app.get('/expansions', typists, (request, reply) => show(request, reply));

  app.post('/expansions', typists, async (request, reply) => {
    const typed = readForm(form, request);
    const owner = ownership(request, typed.whose);
    const rows = await loadExpansions(platform, owner.actorId);
    const clash = rows.find(
      (row) =>
        row.shortForm === typed.shortForm.trim().toLowerCase() && row.isCompany === (owner.ownerId === null),
    );
    if (clash && clash.text !== typed.text.trim() && !typed.replace)
      return show(request, reply.code(409), { typed, clash });
    try {
      const { shortForm } = await putExpansion(platform, typed, owner);
      setFlash(request, `“${shortForm}” is typed out from the next job on.`);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return show(request, reply.code(400), { error: error.userMessage, typed });
    }
    return reply.redirect('/expansions', 303);
  });

  app.post('/expansions/:id/remove', typists, async (request, reply) => {
    const user = userOf(request);
    await removeExpansion(platform, readId(request), { actorId: user.id, mayCompany: mayCompany(user) });
    setFlash(request, 'It is not typed out any more.');
    return reply.redirect('/expansions', 303);
  });

  app.get('/expansions/:file', typists, async (request, reply) => {
    const { file } = z.object({ file: z.string() }).parse(request.params);
    if (file !== 'mine.csv' && file !== 'company.csv') throw new NotFound('no such file');
    const rows = await loadExpansions(platform, userOf(request).id);
    const wanted = rows.filter(({ isCompany }) => isCompany === (file === 'company.csv'));
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="short-forms-${file}"`)
      .header('cache-control', 'no-store')
      .send(
        stringify([[...COLUMNS], ...wanted.map(({ shortForm, text }) => [shortForm, text])], {
          escape_formulas: true,
        }),
      );
  });

  app.post('/expansions/import', typists, async (request, reply) => {
    const { csv, whose: owner, replace } = readForm(upload, request);
    const owned = ownership(request, owner);
    const read = readExpansionsCsv(csv);
    if (!read.ok) return show(request, reply.code(400), { csv, csvWhose: owner, csvError: read.message });
    const there = new Map(
      (await loadExpansions(platform, owned.actorId))
        .filter(({ isCompany }) => isCompany === (owned.ownerId === null))
        .map(({ shortForm, text }) => [shortForm, text]),
    );
    const csvClashes = read.rows.flatMap(({ shortForm, text: instead }) => {
      const text = there.get(shortForm);
      return text !== undefined && text !== instead ? [{ shortForm, text, instead }] : [];
    });
    if (csvClashes.length > 0 && !replace)
      return show(request, reply.code(409), { csv, csvWhose: owner, csvClashes });
    const kept = new Set(replace === 'no' ? csvClashes.map(({ shortForm }) => shortForm) : []);
    const { added, changed } = await importExpansions(
      platform,
      read.rows.filter(({ shortForm }) => !kept.has(shortForm)),
      owned,
    );
    setFlash(
      request,
      `${added} added, ${changed} changed, ${read.rows.length - added - changed} left as they were.`,
    );
    return reply.redirect('/expansions', 303);
  });
}
