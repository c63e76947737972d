import type { SignedInUser } from '../../../platform/auth/signed-in-user.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { Conflict, Forbidden, InvalidInput, NotFound } from '../../../platform/errors.ts';
import { newId } from '../../../platform/new-id.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Prisma } from '../../../prisma/generated/client/client.ts';
import { loadVocabulary } from '../../vocabulary/load-vocabulary.ts';
import { decideChanges } from './decide-changes.ts';
import { loadFieldKinds } from './field-kinds.ts';
import { followFoundNames } from './follow-found-names.ts';
import { followHeading } from './follow-heading.ts';
import { mayReview } from './may-review.ts';
import { type OthersChange, readChangesSince, standInTheWay } from './others-changes.ts';
import { readState } from './read-state.ts';
import type { ReviewInput } from './review-input.ts';
import type { ReviewRecord } from './review-state.ts';
import { writeDecided } from './write-decided.ts';

/** Runs in the transaction that writes a review; what it throws undoes all of it. */
export type AfterReview = (tx: Tx, review: { reportId: string; revision: number }) => Promise<void>;

export interface ReviewHooks {
  afterReview: readonly AfterReview[];
  /** When it is committed: wake workers. What it throws is logged; a sweep does the same later. */
  afterCommit?: readonly ((review: { reportId: string }) => Promise<void>)[];
}

export interface Reviewed {
  /** Of the report after it. */
  revision: number;
  /** How many things this request changed; 0 for one that was sent before, or that said what stood already. */
  changed: number;
}

/** What somebody else decided in the meantime stands in the way; the message says what. */
class DecidedMeanwhile extends Conflict {}

/**
 * A person settles codes, values and next steps of a finished report. In one transaction: their rows, what repeats them
 * (the report's columns, its people, names that it brought into the vocabulary), who made what of what, the audit log,
 * and what the hooks write (the outbox of the CRMs, counts).
 *
 * Sent twice: the second finds the request and changes nothing. Two at once: the report's row is locked, so they take
 * turns; the later one's decisions stand where they are about other things, and are refused with what the first one
 * changed where they are about the same. Killed in the middle: nothing is written.
 * @throws NotFound, Forbidden (not theirs to settle), InvalidInput (a value that can't be)
 * @throws Conflict somebody else decided on the same meanwhile, or the text is not kept any more
 */
export async function reviewReport(
  platform: Pick<Platform, 'clock' | 'database' | 'events' | 'log'>,
  hooks: ReviewHooks,
  {
    reportId,
    user,
    input,
  }: { reportId: string; user: Pick<SignedInUser, 'id' | 'roles'>; input: ReviewInput },
): Promise<Reviewed> {
  const { clock, database, events, log } = platform;
  const [loaded, kinds] = await Promise.all([loadVocabulary(database), loadFieldKinds(database.prisma)]);

  const done = await database.prisma.$transaction(async (tx): Promise<Reviewed> => {
    const report = await lockReport(tx, reportId);
    const rights = mayReview(user, report);
    if (!rights.codes && !rights.values)
      throw new Forbidden(`User ${user.id} may not review report ${reportId}`, {
        userMessage:
          'This report is settled by whoever wrote it down and by managers. Mark what is wrong instead.',
      });
    if (report.textDestroyed)
      throw new Conflict(`The text of report ${reportId} is destroyed`, {
        userMessage: 'The text of this report is not kept any more, so nothing of it can be settled.',
      });
    const isRepeat = await tx.reviewChange.count({ where: { reportId, requestId: input.requestId } });
    if (isRepeat > 0) return { revision: report.revision, changed: 0 };
    const [state, since] = await Promise.all([
      readState(tx, reportId),
      readChangesSince(tx, { reportId, revision: input.revision }),
    ]);
    const inTheWay = standInTheWay(input.changes, state, since);
    if (inTheWay.length > 0) throw meanwhile({ reportId, userId: user.id }, inTheWay, kinds, loaded);

    const decided = decideChanges(state, input.changes, {
      byId: user.id,
      newId,
      kinds,
      known: loaded,
      rights,
      isInForce: (code) => loaded.codes.has(code),
    });
    if (!decided.ok) {
      if (decided.reason === 'forbidden')
        throw new Forbidden(`User ${user.id} may not settle this of report ${reportId}`, {
          userMessage: decided.fault,
        });
      // It was there when this person looked.
      if (since.length > 0) throw meanwhile({ reportId, userId: user.id }, since, kinds, loaded);
      throw new InvalidInput(`A decision on report ${reportId} can not be`, { userMessage: decided.fault });
    }
    if (decided.records.length === 0) return { revision: report.revision, changed: 0 };

    const now = clock.now();
    const revision = report.revision + 1;
    await tx.report.update({ where: { id: reportId }, data: { reviewRevision: revision } });
    await writeDecided(tx, reportId, decided);
    await followHeading(tx, reportId, decided);
    await followFoundNames(tx, reportId, decided, now);
    await note(tx, decided.records, {
      reportId,
      revision,
      requestId: input.requestId,
      at: now,
      byId: user.id,
    });
    await audit(tx, decided.records, { reportId, revision, at: now, actorId: user.id });
    for (const hook of hooks.afterReview) await hook(tx, { reportId, revision });
    return { revision, changed: decided.records.length };
  });

  if (done.changed > 0) {
    await events.publish('report.reviewed', { reportId });
    for (const hook of hooks.afterCommit ?? []) {
      await hook({ reportId }).catch((err) =>
        log.error({ err, reportId }, 'not woken after a review; the sweep will'),
      );
    }
  }
  return done;
}

/** In: a report. Out: who may settle it and its revision. Locks its row until the transaction ends. */
async function lockReport(tx: Tx, reportId: string) {
  const [report] = await tx.$queryRaw<
    { revision: number; speakerId: string | null; finalizedById: string | null; textDestroyed: boolean }[]
  >`
    select report.review_revision as revision, report.speaker_id as "speakerId",
           report.finalized_by_id as "finalizedById", dictation.text_destroyed_at is not null as "textDestroyed"
    from report join dictation on dictation.id = report.dictation_id
    where report.id = ${reportId}::uuid for update of report`;
  if (!report) throw new NotFound(`No report ${reportId}`);
  return report;
}

async function note(
  tx: Tx,
  records: readonly ReviewRecord[],
  row: { reportId: string; revision: number; requestId: string; at: Date; byId: string },
): Promise<void> {
  const json = (value: ReviewRecord['before']) => value as unknown as Prisma.InputJsonValue;
  await tx.reviewChange.createMany({
    data: records.map(({ before, after, ...record }) => ({
      id: newId(row.at.getTime()),
      ...row,
      ...record,
      ...(before && { before: json(before) }),
      after: json(after),
    })),
  });
}

/** Which, of what kind, what became of it: never the words, which `review_change` keeps and redaction reaches. */
async function audit(
  tx: Tx,
  records: readonly ReviewRecord[],
  { reportId, revision, at, actorId }: { reportId: string; revision: number; at: Date; actorId: string },
): Promise<void> {
  const counts: Record<string, number> = {};
  for (const { action } of records) counts[action] = (counts[action] ?? 0) + 1;
  await tx.auditEntry.create({
    data: {
      at,
      actorId,
      action: 'report.reviewed',
      subjectType: 'report',
      subjectId: reportId,
      detail: { revision, fields: [...new Set(records.map(({ key }) => key))], ...counts },
    },
  });
}

function meanwhile(
  { reportId, userId }: { reportId: string; userId: string },
  changes: readonly OthersChange[],
  kinds: Awaited<ReturnType<typeof loadFieldKinds>>,
  loaded: Awaited<ReturnType<typeof loadVocabulary>>,
): DecidedMeanwhile {
  const [last] = changes.toReversed();
  const what = last
    ? last.tell({
        code: (key) => loaded.codes.get(key)?.label ?? key,
        field: (key) => kinds.find((kind) => kind.key === key)?.label ?? key,
      })
    : 'changed it';
  const more = changes.length > 1 ? `, and ${changes.length - 1} more` : '';
  const who = last?.by?.id === userId ? 'You' : (last?.by?.name ?? 'Somebody');
  const when = who === 'You' ? 'elsewhere in the meantime' : 'in the meantime';
  return new DecidedMeanwhile(`Report ${reportId} was reviewed meanwhile`, {
    userMessage: `${who} ${what}${more}, ${when}. Yours was not put over it; look, and decide again.`,
  });
}
