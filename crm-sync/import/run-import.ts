import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Platform } from '../../platform/platform.ts';
import { numberAccounts } from '../../transcription/accounts/account-numbers.ts';
import { VOCABULARY_LOCK } from '../../transcription/vocabulary/vocabulary-lock.ts';
import { CrmError } from '../connectors/crm-error.ts';
import type { CrmImportSource, ImportKind } from '../connectors/import-source.ts';
import type { OpenConnector } from '../connectors/open-connector.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { IMPORT_KINDS, tidyRecords } from './imported.ts';
import { retryDoubts } from './retry-doubts.ts';
import { takeRecords } from './take-records.ts';
import type { Taking } from './taking.ts';

export interface ImportDeps extends Pick<Platform, 'database' | 'clock' | 'log'> {
  openConnector: OpenConnector;
}

/** `nothing`: the import is switched off or gone, or not due. `busy`: another process is at it. */
export type ImportOutcome = 'done' | 'waits' | 'busy' | 'nothing';

const BREATHER_MS = 60_000;
const AFTER_A_FAULT_MS = 5 * 60_000;

/**
 * One pass of reading a CRM's people, customers and products into the vocabulary; goes on with one that was begun:
 *
 *     (due) ─▶ begun ─┬─▶ ended                    every kind is read to its end; due again by the schedule
 *                     ├─▶ begun, due a while later  the CRM asked us to wait, or could not be reached
 *                     └─▶ begun, due at once        the process was told to stop
 *
 * A page and the cursor behind it are one transaction: killed anywhere, it goes on at the last page; a page read twice
 * changes nothing the second time. At once by two: one works.
 */
export async function runImport(
  deps: ImportDeps,
  connectorId: string,
  signal?: AbortSignal,
): Promise<ImportOutcome> {
  let outcome: ImportOutcome = 'nothing';
  const ours = await oneAtATime(deps.database.pool, `crm-import:${connectorId}`, async () => {
    outcome = await runPass(deps, connectorId, signal);
  });
  return ours ? outcome : 'busy';
}

async function runPass(
  deps: ImportDeps,
  connectorId: string,
  signal: AbortSignal | undefined,
): Promise<ImportOutcome> {
  const { clock, log } = deps;
  const { prisma } = deps.database;
  const row = await prisma.connector.findUnique({
    where: { id: connectorId },
    include: { crmImport: true },
  });
  const now = clock.now();
  if (row === null || row.crmImport === null || !row.crmImport.active || row.crmImport.dueAt > now)
    return 'nothing';
  const goOn = async (afterMs: number, problem: string | null): Promise<ImportOutcome> => {
    const dueAt = new Date(clock.now().getTime() + afterMs);
    await prisma.crmImport.updateMany({ where: { connectorId }, data: { dueAt, problem } });
    return 'waits';
  };
  const everyMs = row.crmImport.everyMinutes * 60_000;
  try {
    const source = deps.openConnector(row)?.importSource ?? null;
    if (source === null) return await goOn(everyMs, 'Nothing can be imported from this kind of connection.');
    const startedAt = await beginPass(deps, connectorId, source, row.crmImport);
    const taking: Taking = {
      connectorId,
      crm: row.kind,
      kinds: source.kinds,
      now: startedAt,
      memory: {},
    };
    for (const kind of IMPORT_KINDS) {
      if (!source.kinds.includes(kind)) continue;
      for (;;) {
        if (signal?.aborted) return await goOn(0, null);
        taking.now = clock.now();
        if (!(await takePage(deps, taking, source, kind, startedAt))) break;
      }
    }
    await endPass(deps, taking, { startedAt, everyMs });
    return 'done';
  } catch (error) {
    if (error instanceof CrmError) {
      const isPassing = error.kind === 'limit' || error.kind === 'transient';
      return goOn(isPassing ? (error.retryAfterMs ?? BREATHER_MS) : everyMs, error.message);
    }
    // Without the error's own words: a database error may quote the row.
    log.error(
      { connectorId, name: error instanceof Error ? error.name : 'unknown', code: codeOf(error) },
      'an import from a CRM broke off',
    );
    return goOn(AFTER_A_FAULT_MS, 'The import broke off on our side; it goes on by itself in five minutes.');
  }
}

/** Goes on with the pass under way, or begins one. @returns when it began. */
async function beginPass(
  { database, clock }: ImportDeps,
  connectorId: string,
  source: CrmImportSource,
  { startedAt, endedAt }: { startedAt: Date | null; endedAt: Date | null },
): Promise<Date> {
  if (startedAt !== null && (endedAt === null || endedAt < startedAt)) return startedAt;
  const now = clock.now();
  await database.prisma.$transaction([
    database.prisma.crmImport.update({
      where: { connectorId },
      data: { startedAt: now, endedAt: null, problem: null },
    }),
    database.prisma.crmImportCursor.createMany({
      data: source.kinds.map((kind) => ({ connectorId, kind })),
      skipDuplicates: true,
    }),
    database.prisma.crmImportCursor.updateMany({
      where: { connectorId },
      data: { doneAt: null, read: 0, added: 0, changed: 0, deactivated: 0, merged: 0 },
    }),
  ]);
  return now;
}

/** Reads and takes the next page of a kind. @returns whether there is more to be had. */
async function takePage(
  { database, clock }: ImportDeps,
  taking: Taking,
  source: CrmImportSource,
  kind: ImportKind,
  startedAt: Date,
): Promise<boolean> {
  const { connectorId } = taking;
  const at = await database.prisma.crmImportCursor.findUnique({
    where: { connectorId_kind: { connectorId, kind } },
  });
  if (at === null || (at.doneAt !== null && at.doneAt >= startedAt)) return false;
  const page = await source.page(kind, at.cursor);
  await inTransaction(database.pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [VOCABULARY_LOCK]);
    const counts = await takeRecords(client, taking, kind, tidyRecords(page.records));
    await client.query(
      `update crm_import_cursor set cursor = $3, complete = complete or not $4, done_at = case when $4 then null else $5::timestamptz end,
         read = read + $6, added = added + $7, changed = changed + $8, deactivated = deactivated + $9,
         merged = merged + $10
       where connector_id = $1 and kind = $2`,
      [
        connectorId,
        kind,
        page.cursor,
        page.more,
        clock.now(),
        page.records.length,
        counts.added,
        counts.changed,
        counts.deactivated,
        counts.merged,
      ],
    );
  });
  return page.more;
}

async function endPass(
  { database, clock }: ImportDeps,
  taking: Taking,
  { startedAt, everyMs }: { startedAt: Date; everyMs: number },
): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [VOCABULARY_LOCK]);
    await retryDoubts(client, taking);
    // Once a pass: looking for free numbers reads them all.
    await numberAccounts(client);
  });
  const now = clock.now();
  await database.prisma.crmImport.updateMany({
    where: { connectorId: taking.connectorId },
    data: {
      endedAt: now,
      problem: null,
      dueAt: new Date(Math.max(now.getTime(), startedAt.getTime() + everyMs)),
    },
  });
}

/** PostgreSQL's or Node's word for an error; says nothing of rows. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
