import { stringify } from 'csv-stringify/sync';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { AppError, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { readVocabulary } from '../../transcription/vocabulary/load-vocabulary.ts';
import { mergeVocabulary } from '../../transcription/vocabulary/write-vocabulary.ts';
import { administrationPage } from '../render/administration-page.ts';
import { setFlash } from '../render/flash.ts';
import { readForm } from '../render/read-input.ts';
import { readCsv } from './read-csv.ts';
import { COLUMNS, isTable, TABLE_LABELS, TABLES, type TableName, toRows } from './tables.ts';

const query = z.object({ table: z.string().catch('accounts'), q: z.string().trim().max(100).catch('') });
const upload = z.object({ csv: z.string().max(2_000_000).default('') });

/** `/vocabulary`: the company's words as tables, out and in as CSV. */
export function serveVocabulary(app: FastifyInstance, platform: Pick<Platform, 'clock' | 'database'>): void {
  const { database } = platform;
  const onlyAdministrators = { preHandler: requireRole('administrator') };

  const show = async (
    reply: FastifyReply,
    table: TableName,
    more: { q?: string; error?: string; csv?: string },
  ) => {
    const vocabulary = await readVocabulary(database);
    const all = toRows(vocabulary, table);
    const wanted = more.q?.toLowerCase();
    const rows = wanted ? all.filter((row) => row.some((cell) => cell.toLowerCase().includes(wanted))) : all;
    return reply.page(
      'views/vocabulary',
      administrationPage('vocabulary', 'Vocabulary', {
        tables: TABLES.map((name) => ({
          name,
          label: TABLE_LABELS[name],
          size: vocabulary[name].length,
          current: name === table,
        })),
        table,
        label: TABLE_LABELS[table],
        columns: COLUMNS[table],
        rows: rows.map((cells) => cells.map((text, index) => ({ text, column: COLUMNS[table][index] }))),
        total: all.length,
        ...more,
      }),
    );
  };

  app.get('/vocabulary', onlyAdministrators, (request, reply) => {
    const { table, q } = query.parse(request.query);
    return show(reply, isTable(table) ? table : 'accounts', { q });
  });

  app.get('/vocabulary/:file', onlyAdministrators, async (request, reply) => {
    const { file } = z.object({ file: z.string() }).parse(request.params);
    const table = file.replace(/\.csv$/, '');
    if (!isTable(table)) throw new NotFound('no such table');
    const rows = toRows(await readVocabulary(database), table);
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${table}.csv"`)
      .header('cache-control', 'no-store')
      .send(stringify([[...COLUMNS[table]], ...rows], { escape_formulas: true }));
  });

  app.post('/vocabulary/:table', onlyAdministrators, async (request, reply) => {
    const { table } = z.object({ table: z.string() }).parse(request.params);
    if (!isTable(table)) throw new NotFound('no such table');
    const { csv } = readForm(upload, request);
    const read = readCsv(table, csv);
    if (!read.ok) return show(reply.code(400), table, { error: read.message, csv });
    try {
      await mergeVocabulary(platform, read.vocabulary);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return show(reply.code(error.statusCode), table, { error: error.userMessage, csv });
    }
    await database.prisma.auditEntry.create({
      data: {
        actorId: userOf(request).id,
        action: 'vocabulary.imported',
        subjectType: 'vocabulary',
        subjectId: table,
        detail: { rows: read.rows },
      },
    });
    setFlash(request, `${read.rows} rows of ${TABLE_LABELS[table].toLowerCase()} are in.`);
    return reply.redirect(`/vocabulary?table=${table}`, 303);
  });
}
