import type pg from 'pg';
import type { Tx } from '../../../platform/database/database.ts';
import { NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { applyChange, type DraftState, EMPTY_STATE } from './change.ts';
import { type KeptChange, unpackChanges } from './pack.ts';

/** A whole text of the history. */
export interface WholeText extends DraftState {
  revision: number;
  userId: string | null;
  savedAt: Date;
}

export interface DraftHistory {
  /** Some are told by the changes, too; those that are not stand after a gap, or before the first change. */
  wholes: WholeText[];
  /** In order; each goes on from the one before it, or from a whole text with the revision before its own. */
  changes: KeptChange[];
}

type Rows = pg.ClientBase | pg.Pool;

const LOOSE = `
  select revision, at, removed, inserted, anchors, marks, user_id as "userId", window_key as "windowKey",
         restored_from as "restoredFrom", saved_at as "savedAt"
  from draft_change where job_id = $1 and revision <= $2 order by revision`;

/** In: job, the last revision wanted. Out: its changes that are not packed. */
export async function readLoose(client: Rows, jobId: string, until: number): Promise<KeptChange[]> {
  const { rows } = await client.query<KeptChange>({
    name: 'draft-history-loose',
    text: LOOSE,
    values: [jobId, until],
  });
  return rows;
}

const LAST_REVISION = 2_147_483_647;

/** All that is known of how a job's draft came about. One snapshot: a save meanwhile may pack what is being read. */
export async function readHistory(
  { database }: Pick<Platform, 'database'>,
  jobId: string,
): Promise<DraftHistory> {
  return database.prisma.$transaction((tx) => readHistoryIn(tx, jobId), { isolationLevel: 'RepeatableRead' });
}

/** `readHistory` in a transaction of Prisma's. */
export async function readHistoryIn(tx: Tx, jobId: string): Promise<DraftHistory> {
  const wholes = await tx.$queryRawUnsafe<WholeText[]>(
    `select revision, text, anchors, marks, user_id as "userId", saved_at as "savedAt"
     from draft_version where job_id = $1::uuid order by revision`,
    jobId,
  );
  const packs = await tx.draftPack.findMany({ where: { jobId }, orderBy: { lastRevision: 'asc' } });
  const loose = await tx.$queryRawUnsafe<KeptChange[]>(LOOSE.replace('$1', '$1::uuid'), jobId, LAST_REVISION);
  const packed = await Promise.all(packs.map(({ changes }) => unpackChanges(changes)));
  const changes = [...packed.flat(), ...loose];
  return { wholes, changes };
}

/** One version of a draft: the state after a save. */
export interface Version extends DraftState {
  revision: number;
  userId: string | null;
  windowKey: string | null;
  restoredFrom: number | null;
  savedAt: Date;
}

/** Versions in order, each told from the one before; not those long before `from`. Pure. */
export function* replay({ wholes, changes }: DraftHistory, from = 0): Generator<Version> {
  const begin = wholes.findLast(({ revision }) => revision <= from);
  const told = new Set(changes.map(({ revision }) => revision));
  const untold = wholes.filter((whole) => whole === begin || !told.has(whole.revision));
  let state: DraftState = EMPTY_STATE;
  let next = begin ? untold.indexOf(begin) : 0;
  const behind = begin ? changes.filter(({ revision }) => revision > begin.revision) : changes;
  for (const change of [...behind, null]) {
    for (
      let whole = untold[next];
      whole && whole.revision < (change?.revision ?? Infinity);
      whole = untold[next]
    ) {
      next += 1;
      state = whole;
      yield { ...whole, windowKey: null, restoredFrom: null };
    }
    if (!change) return;
    state = applyChange(state, change);
    const { revision, userId, windowKey, restoredFrom, savedAt } = change;
    yield { ...state, revision, userId, windowKey, restoredFrom, savedAt };
  }
}

/**
 * One version with its anchors and marks.
 * @throws NotFound
 */
export async function readVersion(
  platform: Pick<Platform, 'database'>,
  jobId: string,
  revision: number,
): Promise<Version> {
  const history = await readHistory(platform, jobId);
  for (const version of replay(history, revision)) if (version.revision === revision) return version;
  throw new NotFound(`Job ${jobId} has no revision ${revision} in its history`);
}
