import type { z } from 'zod';
import type { Tx } from '../../platform/database/database.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import { newId } from '../../platform/new-id.ts';
import { moveMarks } from '../doubts/move-marks.ts';
import { keepFoundNames } from '../vocabulary/keep-found-names.ts';
import type { correctInput } from './finalize-schema.ts';
import {
  type FinalizeDependencies,
  type FinalizedReport,
  type FinalizeHooks,
  tellCommitted,
} from './finalizing.ts';
import { matchUnits } from './match-units.ts';
import { placeUnits } from './place-units.ts';
import { planCorrected } from './plan-corrected.ts';
import type { PlannedUnit, ReportPlan } from './plan-report.ts';
import { reportColumns, writeCodes, writeUnits, writeValues } from './write-report.ts';

export interface CorrectTranscript extends z.infer<typeof correctInput> {
  reportId: string;
  userId: string;
}

/**
 * A final text is never changed; this adds a version, which is in force from then on.
 *
 * Units whose words did not change keep their number, row, codes and everything that points to them; changed ones
 * get new numbers, the old rows stay, retired. Codes given for a unit replace what it had. Values, contacts and
 * next steps stay as they are unless `fields` are given: then account, people, meeting, values and steps all
 * become what the input says.
 *
 * Sent twice: the second finds the same text as the newest version by the same person, and changes nothing. Two at
 * once: the report's row is locked, the later one is told of the conflict.
 * @throws NotFound, InvalidInput
 * @throws Conflict another version is in force by now
 */
export async function correctTranscript(
  platform: FinalizeDependencies,
  hooks: FinalizeHooks,
  input: CorrectTranscript,
): Promise<{ reportId: string; transcriptVersion: number }> {
  const { clock, database } = platform;
  const { reportId } = input;
  const found = await database.prisma.report.findUnique({
    where: { id: reportId },
    select: { dictationId: true },
  });
  if (!found) throw new NotFound(`No report ${reportId}`);
  const { dictationId } = found;
  if (input.text.trim() === '') throw new InvalidInput(`Empty correction of report ${reportId}`);
  const planned = await planCorrected(platform, { reportId, dictationId }, input);

  const done = await database.prisma.$transaction((tx) =>
    correctWithin(tx, hooks, { ...planned, now: clock.now() }),
  );
  if (done.written) await tellCommitted(platform, hooks, done.written);
  return { reportId, transcriptVersion: done.version };
}

/** The same within a transaction of the caller, who tells of `written` when it is committed. */
export async function correctWithin(
  tx: Tx,
  hooks: FinalizeHooks,
  { input, plan, now }: { input: CorrectTranscript; plan: ReportPlan; now: Date },
): Promise<{ version: number; written: FinalizedReport | null }> {
  const { reportId, userId } = input;
  await tx.$queryRaw`select id from report where id = ${reportId}::uuid for update`;
  const report = await tx.report.findUniqueOrThrow({
    where: { id: reportId },
    include: {
      transcript: true,
      dictation: {
        select: { durationSeconds: true, peaks: true, peaksPerSecond: true, job: { select: { id: true } } },
      },
    },
  });
  const { transcript, dictation } = report;
  const isRepeat =
    transcript.version === input.version + 1 &&
    transcript.text === input.text &&
    transcript.authorId === userId;
  if (isRepeat) return { version: transcript.version, written: null };
  if (transcript.version !== input.version) {
    throw new Conflict(`Report ${reportId} is at version ${transcript.version}, not ${input.version}`);
  }
  const version = transcript.version + 1;
  const { dictationId } = transcript;
  const next = await tx.transcript.create({
    data: {
      dictationId,
      version,
      text: input.text,
      anchors: input.anchors,
      authorId: userId,
      createdAt: now,
    },
    select: { id: true },
  });
  // Codes that are the person's; suggestions for a unit that is kept don't replace what it has.
  const settled = plan.units.map((unit, at) =>
    input.units?.[at]?.codes.length ? unit : { ...unit, codes: null },
  );
  const unitIds = await writeCorrectedUnits(
    tx,
    { reportId, transcriptId: next.id, version, userId },
    plan,
    settled,
    {
      input,
      audio: dictation,
    },
  );
  if (input.fields) {
    await tx.fieldValue.deleteMany({ where: { reportId } });
    await tx.reportContact.deleteMany({ where: { reportId } });
    const ticked = await tx.nextStep.findMany({
      where: { reportId, doneAt: { not: null } },
      select: { text: true, doneAt: true },
    });
    await tx.nextStep.deleteMany({ where: { reportId } });
    await writeValues(tx, { reportId, userId }, plan, unitIds);
    await keepFoundNames(tx, reportId, now);
    // What was done stays done where it is still promised in the same words.
    for (const { text, doneAt } of ticked)
      await tx.nextStep.updateMany({ where: { reportId, text }, data: { doneAt } });
  } else {
    // The words may stand elsewhere now; the unit still tells where a value comes from.
    await tx.fieldValue.updateMany({ where: { reportId }, data: { startOffset: null, endOffset: null } });
  }
  await tx.report.update({
    where: { id: reportId },
    data: {
      transcriptId: next.id,
      reviewRevision: { increment: 1 },
      ...(input.fields && reportColumns(plan)),
    },
  });
  // Who reviews at this moment learns that the text is another one.
  await tx.reviewChange.create({
    data: {
      id: newId(now.getTime()),
      reportId,
      revision: report.reviewRevision + 1,
      requestId: next.id,
      at: now,
      byId: userId,
      action: 'changed',
      subject: 'text',
      key: 'text',
      before: { version: transcript.version },
      after: { version },
    },
  });
  if (dictation.job) {
    await moveMarks(tx, dictation.job.id, { before: transcript.text, after: input.text });
    await tx.jobEvent.create({ data: { jobId: dictation.job.id, kind: 'corrected', userId, at: now } });
  }
  const written: FinalizedReport = { reportId, transcriptVersion: version, kind: 'corrected' };
  for (const hook of hooks.afterFinalize) await hook(tx, written);
  return { version, written };
}

/** Keeps, retires and adds units; returns the ids of the plan's units in order. */
async function writeCorrectedUnits(
  tx: Tx,
  row: { reportId: string; transcriptId: string; version: number; userId: string },
  plan: ReportPlan,
  settled: readonly { codes: PlannedUnit['codes'] | null }[],
  { input, audio }: { input: CorrectTranscript; audio: Parameters<typeof placeUnits>[2] },
): Promise<string[]> {
  const { reportId, transcriptId, userId } = row;
  const all = await tx.thoughtUnit.findMany({
    where: { reportId },
    orderBy: { startOffset: 'asc' },
    select: { id: true, number: true, text: true, retired: true, audioStartMs: true, audioEndMs: true },
  });
  const before = all.filter((unit) => !unit.retired);
  const matches = matchUnits(
    before.map((unit) => unit.text),
    plan.units.map((unit) => unit.text),
  );
  // A correction typed without listening: the units that stay tell where the words are.
  const known = matches.flatMap((match, at): [number, number][] => {
    const old = match === null ? undefined : before[match];
    const unit = plan.units[at];
    if (!unit || old?.audioStartMs == null || old.audioEndMs == null) return [];
    return [
      [unit.start, old.audioStartMs],
      [plan.units[at + 1]?.start ?? input.text.length, old.audioEndMs],
    ];
  });
  const anchors = input.anchors.length > 0 ? input.anchors : known;
  const places = placeUnits(plan.units, { text: input.text, anchors }, audio);
  const placed = plan.units.map((unit, at) => ({ audioStartMs: 0, audioEndMs: 0, ...unit, ...places[at] }));

  const keptIds = new Set(matches.flatMap((match) => (match === null ? [] : [before[match]?.id ?? ''])));
  await tx.thoughtUnit.updateMany({
    where: { reportId, retired: false, id: { notIn: [...keptIds] } },
    data: { retired: true },
  });
  let nextNumber = Math.max(0, ...all.map((unit) => unit.number)) + 1;
  const added: { at: number; unit: (typeof placed)[number] & { number: number } }[] = [];
  const ids: string[] = [];
  const recoded: { unitId: string; codes: PlannedUnit['codes'] }[] = [];
  for (const [at, unit] of placed.entries()) {
    const match = matches[at] ?? null;
    const kept = match === null ? undefined : before[match];
    if (!kept) {
      added.push({ at, unit: { ...unit, number: nextNumber } });
      nextNumber += 1;
      continue;
    }
    ids[at] = kept.id;
    await tx.thoughtUnit.update({
      where: { id: kept.id },
      data: {
        transcriptId,
        text: unit.text,
        startOffset: unit.start,
        endOffset: unit.end,
        newParagraph: unit.para,
        // What is said in the same words is said where it was.
        audioStartMs: kept.audioStartMs ?? unit.audioStartMs,
        audioEndMs: kept.audioEndMs ?? unit.audioEndMs,
      },
    });
    const codes = settled[at]?.codes;
    if (codes) recoded.push({ unitId: kept.id, codes });
  }
  const addedIds = await writeUnits(
    tx,
    row,
    added.map(({ unit }) => unit),
  );
  for (const [index, { at }] of added.entries()) ids[at] = addedIds[index] ?? '';
  await tx.unitCode.deleteMany({ where: { unitId: { in: recoded.map(({ unitId }) => unitId) } } });
  await writeCodes(tx, userId, recoded);
  return ids;
}
