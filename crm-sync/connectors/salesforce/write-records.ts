import type { CrmObjectType, CrmWrite, CrmWriteResult } from '../connector.ts';
import { linkIds, linkNote, linkRefusal, linksOf, linksToWrite } from './link-ids.ts';
import { type PlannedWrite, peopleIn, planWrite } from './plan-write.ts';
import { contextOf, findByKeys, type SalesforceDeps } from './salesforce-deps.ts';
import { type ReadyWrite, type Sent, sendWrites } from './send-writes.ts';
import { type Found, foundOf, type RowContext } from './snapshots.ts';

/** Once as it is known, once anew; and once more when a second had to go by. */
const MAX_TRIES = 3;
/** Salesforce's clock tells changes apart by the second. */
const A_SECOND_MS = 1_000;

/**
 * Writes records: looks at each unless it was just read, decides (plan-write.ts), finds or makes what it is linked
 * to, sends, and tells what Salesforce said of each. Nothing is kept but links; done twice, the second finds
 * nothing to do.
 */
export async function writeRecords(
  deps: SalesforceDeps,
  writes: readonly CrmWrite[],
): Promise<CrmWriteResult[]> {
  const results = new Map<CrmWrite, CrmWriteResult>();
  for (const round of roundsOf(writes)) {
    const objectType = round[0]?.objectType;
    if (objectType !== undefined) await writeRound(deps, objectType, round, results);
  }
  return writes.map((write) => results.get(write) ?? BUSY);
}

const BUSY: CrmWriteResult = {
  status: 'transient',
  message: 'The record keeps changing in Salesforce; it is tried again by itself.',
  retryAfterMs: null,
};

/** In the order of the writes: of one type at a time, and a record once at a time. */
function roundsOf(writes: readonly CrmWrite[]): CrmWrite[][] {
  const rounds: CrmWrite[][] = [];
  for (const write of writes) {
    const last = rounds.at(-1);
    const fits = last?.every(
      ({ objectType, externalKey }) => objectType === write.objectType && externalKey !== write.externalKey,
    );
    if (last !== undefined && fits === true) last.push(write);
    else rounds.push([write]);
  }
  return rounds;
}

async function writeRound(
  deps: SalesforceDeps,
  objectType: CrmObjectType,
  round: readonly CrmWrite[],
  results: Map<CrmWrite, CrmWriteResult>,
): Promise<void> {
  let open = [...round];
  const changed: CrmWrite[] = [];
  for (let attempt = 0; attempt < MAX_TRIES && open.length > 0; attempt += 1) {
    const fresh = attempt > 0;
    if (fresh) {
      await deps.descriptions.renew();
      deps.users.forget();
    }
    const context = await contextOf(deps, objectType);
    const { ready, unsettled, doubtful } = await prepare(deps, context, open, { fresh, results });
    const sent = await sendWrites(deps.api, ready, {
      sObject: context.sObject,
      keyField: deps.settings.keyField,
      separately: fresh,
    });
    await settle(deps, context, ready, sent, results);
    const stale = ready.filter((_, index) => sent[index]?.kind === 'stale').map(({ write }) => write);
    changed.push(...ready.filter((_, index) => sent[index]?.kind === 'changed').map(({ write }) => write));
    open = [...stale, ...unsettled, ...doubtful];
    if (unsettled.length > 0) await deps.pause(A_SECOND_MS);
  }
  if (changed.length === 0) return;
  const context = await contextOf(deps, objectType);
  const found = await findByKeys(
    deps,
    context,
    changed.map(({ externalKey }) => externalKey),
  );
  for (const write of changed)
    results.set(write, { status: 'conflict', current: found.get(write.externalKey)?.snapshot ?? null });
}

/** What is to be sent of the open writes; what needs no sending gets its result at once. */
async function prepare(
  deps: SalesforceDeps,
  context: RowContext,
  open: readonly CrmWrite[],
  { fresh, results }: { fresh: boolean; results: Map<CrmWrite, CrmWriteResult> },
): Promise<{ ready: ReadyWrite[]; unsettled: CrmWrite[]; doubtful: CrmWrite[] }> {
  const { settings, users, clock } = deps;
  const found = await lookUp(deps, context, open, fresh);
  const userIds = await users.ids(peopleIn(open, context));
  const sending: (PlannedWrite & { unchanged: boolean })[] = [];
  const doubtful: CrmWrite[] = [];
  for (const write of open) {
    const plan = planWrite(write, found.get(write) ?? null, { context, settings, userIds, now: clock.now() });
    if ('done' in plan) {
      results.set(write, plan.done);
      // What we know of the field may be old: it is asked once more before a person has to.
      if (plan.done.status === 'permanent' && plan.done.field !== null && !fresh) doubtful.push(write);
    } else if ('unchanged' in plan) sending.push({ ...plan.unchanged, unchanged: true });
    else sending.push({ ...plan.send, unchanged: false });
  }

  const ids = await linkIds(
    deps,
    sending.map(({ write }) => write),
    { fresh },
  );
  const notes = await deps.links.remoteIds(
    context.objectType,
    sending.flatMap(({ write }) =>
      linksOf(write, context.sObject).map(({ field }) => linkNote(write.externalKey, field)),
    ),
  );
  const ready: ReadyWrite[] = [];
  const unsettled: CrmWrite[] = [];
  for (const { unchanged, ...planned } of sending) {
    const { write } = planned;
    const refusal = planned.found === null ? linkRefusal(write, context.sObject, ids) : null;
    if (refusal !== null) {
      results.set(write, refusal);
      continue;
    }
    const links = linksToWrite(write, planned.found, context.sObject, ids, notes);
    if (unchanged && planned.found !== null && Object.keys(links).length === 0)
      results.set(write, { status: 'unchanged', revision: planned.found.snapshot.revision });
    else if (planned.found !== null && write.expectedRevision !== undefined && !planned.found.settled)
      unsettled.push(write);
    else ready.push({ ...planned, links });
  }
  return { ready, unsettled, doubtful };
}

/** Each record as it was just read, where the write follows from that, or as it stands now. */
async function lookUp(
  deps: SalesforceDeps,
  context: RowContext,
  open: readonly CrmWrite[],
  fresh: boolean,
): Promise<Map<CrmWrite, Found>> {
  const known = new Map<CrmWrite, Found>();
  const unknown: CrmWrite[] = [];
  for (const write of open) {
    const read = deps.recent.take(write.objectType, write.externalKey);
    const usable = !fresh && write.expectedRevision !== undefined && read !== undefined;
    if (!usable) unknown.push(write);
    else if (read !== null) known.set(write, read);
  }
  const found = await findByKeys(
    deps,
    context,
    unknown.map(({ externalKey }) => externalKey),
  );
  for (const write of unknown) {
    const each = found.get(write.externalKey);
    if (each !== undefined) known.set(write, each);
  }
  return known;
}

/** Results of what was sent, and the links to what was made or linked. */
async function settle(
  deps: SalesforceDeps,
  context: RowContext,
  ready: readonly ReadyWrite[],
  sent: readonly Sent[],
  results: Map<CrmWrite, CrmWriteResult>,
): Promise<void> {
  const { objectType } = context;
  const done = ready.flatMap((each, index) => {
    const outcome = sent[index];
    if (outcome === undefined || outcome.kind === 'changed') return [];
    if (outcome.kind !== 'done') {
      results.set(each.write, outcome.result);
      return [];
    }
    return [{ ...each, id: outcome.id, row: outcome.row }];
  });
  await deps.links.keep(
    done.flatMap(({ write: { externalKey }, id, links }) => [
      { objectType, externalKey, remoteId: id },
      ...Object.entries(links).map(([field, linkedTo]) => ({
        objectType,
        externalKey: linkNote(externalKey, field),
        remoteId: String(linkedTo),
      })),
    ]),
  );
  const readBack = await foundOf(
    done.flatMap(({ write: { externalKey }, row }) =>
      row === null ? [] : [{ row, externalKey, matches: 1, linked: true }],
    ),
    context,
    null,
  );
  const byKey = new Map(readBack.map((each) => [each.snapshot.externalKey, each]));
  const unread = done
    .filter(({ write }) => !byKey.has(write.externalKey))
    .map(({ write }) => write.externalKey);
  for (const [key, each] of await findByKeys(deps, context, unread)) byKey.set(key, each);
  for (const { write } of done) {
    const now = byKey.get(write.externalKey);
    results.set(
      write,
      now === undefined
        ? { status: 'conflict', current: null }
        : { status: 'written', revision: now.snapshot.revision },
    );
  }
}
