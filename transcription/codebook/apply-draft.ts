import type { Tx } from '../../platform/database/database.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { DraftCode } from './draft-content.ts';
import { type InForce, movedOn, readDraft, readInForce } from './draft-store.ts';
import type { CodeRow } from './merge-unit-codes.ts';
import { joinMerges, readMerges, toStoredMerges } from './merges.ts';
import { readPreview } from './preview-draft.ts';
import { followMerges, type RecodeHooks, recodeUnits } from './recode-units.ts';

/** Recoding tens of thousands of units and counting their days anew. */
const LIMITS = { timeout: 300_000, maxWait: 15_000 };

export interface Applied {
  version: number;
  /** Reports of which a unit was recoded. */
  reports: number;
}

/**
 * Puts the draft in force as the next version: codes, what was merged, and the units of the preview, with counts and
 * CRMs, in one transaction; what fails leaves everything as it was. Only what was looked at is applied: the preview
 * has to be of this very revision.
 *
 * Twice, or by two at once: a lock lets one in, the other finds no such draft.
 * @throws Conflict the draft has moved on, is stale, or was not looked at in the preview
 */
export async function applyDraft(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  hooks: RecodeHooks,
  { revision, note, actorId }: { revision: number; note: string; actorId: string },
): Promise<Applied> {
  return database.prisma.$transaction(async (tx) => {
    await lockCodebook(tx);
    const [draft, before] = await Promise.all([readDraft(tx), readInForce(tx)]);
    if (!draft || !before || draft.isStale || draft.revision !== revision) throw movedOn();
    const preview = readPreview(draft.preview, revision);
    if (!preview)
      throw new Conflict('the draft was not previewed', {
        userMessage: 'Look at what this version would change first, then put it in force.',
      });
    const { codes, merges } = draft.content;
    const becomes = joinMerges(
      readMerges(before.merges),
      new Map(merges.map(({ from, into }) => [from, into])),
      new Set(codes.map(({ key }) => key)),
    );
    const made = await addVersion(tx, before, { codes, becomes, note, undoes: null, now: clock.now() });
    const merged = await followMerges(tx, made.id, becomes);
    const seen = new Map(preview.recoded.map((change) => [change.unitId, change]));
    const suggested = await recodeUnits(tx, made.id, [...seen.keys()], (unitId, rows) => {
      const change = seen.get(unitId);
      // Only where it still is what the preview showed, and still nobody's but the software's.
      const isAsSeen =
        change !== undefined &&
        rows.every(({ certainty }) => certainty === 'suggested') &&
        rows.map(({ codeKey }) => codeKey).join() ===
          [...new Set(change.before.map((key) => becomes.get(key) ?? key))].join();
      return isAsSeen ? change.after.map(toSuggestion) : null;
    });
    const reportIds = [...new Set([...merged, ...suggested])];
    for (const hook of hooks.afterRecode) await hook(tx, { reportIds, codebookVersion: made.version });
    await tx.codebookDraft.delete({ where: { id: 1 } });
    await tx.auditEntry.create({
      data: {
        at: clock.now(),
        actorId,
        action: 'codebook.applied',
        subjectType: 'codebook',
        subjectId: made.id,
        detail: { version: made.version, reports: reportIds.length },
      },
    });
    return { version: made.version, reports: reportIds.length };
  }, LIMITS);
}

/**
 * Takes the newest version back by a new one with the codes of the one before. Units that it recoded get back what they
 * had, unless somebody touched them since.
 * @throws Conflict another version came meanwhile
 * @throws NotFound there is nothing before it
 */
export async function undoVersion(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  hooks: RecodeHooks,
  { version, actorId }: { version: number; actorId: string },
): Promise<Applied> {
  return database.prisma.$transaction(async (tx) => {
    await lockCodebook(tx);
    const [newest, earlier] = await Promise.all([readInForce(tx), readInForce(tx, version - 1)]);
    if (newest?.version !== version)
      throw new Conflict(`codebook ${version} is not the newest`, {
        userMessage: 'Another version is in force by now. Only the newest can be taken back.',
      });
    if (!earlier) throw new NotFound(`No codebook before ${version}`);
    const made = await addVersion(tx, newest, {
      codes: earlier.codes,
      becomes: readMerges(earlier.merges),
      note: `Takes version ${version} back`,
      undoes: version,
      now: clock.now(),
    });
    const recodings = await tx.codebookRecoding.findMany({ where: { codebookId: newest.id } });
    const byUnit = new Map(recodings.map((recoding) => [recoding.unitId, recoding]));
    const reportIds = await recodeUnits(tx, made.id, [...byUnit.keys()], (unitId, rows) => {
      const recoding = byUnit.get(unitId);
      const isUntouched = recoding && keysOf(recoding.after) === keysOf(rows);
      return isUntouched ? (recoding.before as unknown as CodeRow[]) : null;
    });
    for (const hook of hooks.afterRecode) await hook(tx, { reportIds, codebookVersion: made.version });
    await tx.auditEntry.create({
      data: {
        at: clock.now(),
        actorId,
        action: 'codebook.undone',
        subjectType: 'codebook',
        subjectId: made.id,
        detail: { version: made.version, undoes: version, reports: reportIds.length },
      },
    });
    return { version: made.version, reports: reportIds.length };
  }, LIMITS);
}

/** One at a time. Held until the transaction ends. */
async function lockCodebook(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('codebook', 0))`;
}

async function addVersion(
  tx: Tx,
  before: InForce,
  next: {
    codes: readonly DraftCode[];
    becomes: ReadonlyMap<string, string>;
    note: string;
    undoes: number | null;
    now: Date;
  },
): Promise<{ id: string; version: number }> {
  const { codes, becomes, note, undoes, now } = next;
  return tx.codebook.create({
    data: {
      version: before.version + 1,
      createdAt: now,
      note,
      undoes,
      merges: toStoredMerges(becomes),
      codes: { create: codes.map((code, position) => ({ ...code, position })) },
    },
    select: { id: true, version: true },
  });
}

function toSuggestion(
  { code, confidence, evidence }: { code: string; confidence: number; evidence: string },
  rank: number,
): CodeRow {
  return { codeKey: code, rank, certainty: 'suggested', confidence, evidence, confirmedById: null };
}

function keysOf(rows: unknown): string {
  if (!Array.isArray(rows)) return '';
  return rows
    .map(({ codeKey, rank, certainty }: CodeRow) => `${rank} ${codeKey} ${certainty}`)
    .sort()
    .join('|');
}
