import type { Tx } from '../../platform/database/database.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import { analyzeDictation } from '../reports/analyze-for-review.ts';
import { type FinalizedReport, tellCommitted } from '../reports/finalizing.ts';
import type { Analysis } from '../thought-units/types.ts';
import { forget, rewriteDictations, switchAudio } from './audio/rewrite-dictations.ts';
import {
  audioToMask,
  blankAnswers,
  destroyAtOnce,
  doomOf,
  type Family,
  noteRedaction,
  type RedactDependencies,
  type RedactHooks,
  readFamily,
} from './redacting.ts';
import { type PlannedRedaction, planRedaction, type RedactionInput } from './redaction-input.ts';
import { dropValues, redactSteps, valuesToDrop } from './scrub/drop-values.ts';
import { replaceChecks } from './scrub/replace-checks.ts';
import {
  moveAnchors,
  moveDoubts,
  replaceDrafts,
  replaceTranscripts,
  type TakenOut,
} from './scrub/replace-texts.ts';
import { scrubFamily } from './scrub/scrub-family.ts';
import { replacePlaces } from './text/replace-spans.ts';

export interface RedactReport extends RedactionInput {
  reportId: string;
  userId: string;
  /** Of the text in force, from which this was made. */
  version: number;
}

/**
 * Takes passages out of a finished report, its text and its audio alike. The text in force becomes another version with
 * labels in place of the passages; every version before it, what was typed, units, values, notes and whatever else hangs
 * on it lose the words, too. The audio is written anew, the old objects are handed to the retention.
 *
 * New audio is written before the transaction under keys of its own and only counts when the transaction finds what it
 * was made of still in force. Sent twice: the second finds the redaction by its id. At once by two, or corrected
 * meanwhile: the report's row is locked, the later one is told of the conflict. Killed in the middle: objects that
 * nobody points to are left behind, nothing else.
 * @throws NotFound, InvalidInput
 * @throws Conflict another version is in force by now, or the audio was built anew
 */
export async function redactReport(
  platform: RedactDependencies,
  hooks: RedactHooks,
  input: RedactReport,
): Promise<{ version: number }> {
  const { clock, database, objects } = platform;
  const { prisma } = database;
  const report = await prisma.report.findUnique({
    where: { id: input.reportId },
    select: { dictationId: true, transcript: { select: { text: true, version: true } } },
  });
  if (!report) throw new NotFound(`No report ${input.reportId}`);
  const { dictationId, transcript } = report;
  if (await prisma.redaction.findUnique({ where: { id: input.id } })) return { version: transcript.version };
  refuseOther(input, transcript.version);
  const plan = planRedaction(transcript.text, input);
  const family = await readFamily(prisma, dictationId, plan.places);
  refuseUnheard(family, input);
  const analyses = await analyzeBoth(platform, dictationId, transcript.text, plan);

  const rewritten = await rewriteDictations({ objects, tx: prisma }, audioToMask(family, input), input.mask);
  const now = clock.now();
  const doom = doomOf(family, now);
  const written = await prisma
    .$transaction(async (tx) => {
      await tx.$queryRaw`select id from report where id = ${input.reportId}::uuid for update`;
      await switchAudio(tx, rewritten, doom);
      return redactWithin(tx, hooks, { input, family, plan, analyses, now });
    })
    .catch(async (error: unknown) => {
      await forget(objects, rewritten);
      throw error;
    });
  await tellCommitted(platform, hooks, written);
  if (family.jobId !== null) await platform.events.publish('job.changed', { jobId: family.jobId });
  if (doom.dueAt <= now) {
    await destroyAtOnce(
      platform,
      rewritten.map(({ oldKey }) => oldKey),
    );
  }
  return { version: written.transcriptVersion };
}

function refuseOther({ reportId, version }: RedactReport, inForce: number): void {
  if (version === inForce) return;
  throw new Conflict(`Report ${reportId} is at version ${inForce}, not ${version}`, {
    userMessage: 'The text has changed since you opened it. Open it again and mark the passage anew.',
  });
}

/** Words that go while their sound stays would be no redaction. */
export function refuseUnheard({ hasAudio, durationMs }: Family, { places }: RedactionInput): void {
  if (!hasAudio) return;
  const faulty = places.some(({ audio }) => audio === null || audio.startMs >= durationMs);
  if (!faulty) return;
  throw new InvalidInput('A passage without its place in the audio', {
    userMessage: 'Say where in the recording each passage is heard; it is taken out there as well.',
  });
}

async function analyzeBoth(
  platform: RedactDependencies,
  dictationId: string,
  text: string,
  { redacted }: PlannedRedaction,
): Promise<{ before: Analysis; after: Analysis }> {
  const before = await analyzeDictation(platform, dictationId, text);
  const after = await analyzeDictation(platform, dictationId, redacted);
  return { before: before.analysis, after: after.analysis };
}

async function redactWithin(
  tx: Tx,
  hooks: RedactHooks,
  {
    input,
    family,
    plan,
    analyses,
    now,
  }: {
    input: RedactReport;
    family: Family;
    plan: PlannedRedaction;
    analyses: { before: Analysis; after: Analysis };
    now: Date;
  },
): Promise<FinalizedReport> {
  const { reportId, userId } = input;
  const { dictationId, copies, answers, jobId } = family;
  const { transcript } = await tx.report.findUniqueOrThrow({
    where: { id: reportId },
    select: { transcript: true },
  });
  refuseOther(input, transcript.version);
  const taken: TakenOut = { reference: transcript.text, places: plan.places, phrases: plan.phrases };

  const values = await tx.fieldValue.findMany({ where: { reportId } });
  await dropValues(tx, reportId, valuesToDrop(values, taken, analyses), taken.phrases);
  for (const { id, startOffset, endOffset } of values) {
    if (startOffset === null && endOffset === null) continue;
    // The words may stand elsewhere now; the unit still tells where a value comes from.
    await tx.fieldValue.updateMany({ where: { id }, data: { startOffset: null, endOffset: null } });
  }
  const units = await tx.thoughtUnit.findMany({ where: { reportId }, select: { id: true, text: true } });

  const ids = [dictationId, ...copies.map((copy) => copy.dictationId)];
  const replaced = await replaceTranscripts(tx, ids, taken);
  for (const { jobId: typedIn } of [family, ...copies])
    if (typedIn !== null) await replaceDrafts(tx, typedIn, taken, now);
  if (jobId !== null) await moveDoubts(tx, jobId, plan.places, now);
  await blankAnswers(tx, answers, plan.places[0]?.label ?? 'redacted');
  await replaceChecks(tx, ids, replaced);

  const version = transcript.version + 1;
  const next = await tx.transcript.create({
    data: {
      dictationId,
      version,
      text: replacePlaces(transcript.text, replaced.get(transcript.id) ?? plan.places),
      anchors: moveAnchors(transcript.anchors, plan.places),
      ...(transcript.places !== null && { places: moveAnchors(transcript.places, plan.places) }),
      authorId: userId,
      createdAt: now,
    },
    select: { id: true },
  });
  await tx.thoughtUnit.updateMany({
    where: { reportId, transcriptId: transcript.id, retired: false },
    data: { transcriptId: next.id },
  });
  await tx.report.update({ where: { id: reportId }, data: { transcriptId: next.id } });
  await redactSteps(tx, reportId, new Map(units.map(({ id, text }) => [id, text])), analyses);
  await scrubFamily(tx, [...ids, ...answers.map((answer) => answer.dictationId)], taken.phrases);
  await noteRedaction(tx, family, { input, places: plan.places, userId, now });
  for (const scrub of hooks.scrub) await scrub(tx, { reportId, phrases: taken.phrases });
  const written: FinalizedReport = { reportId, transcriptVersion: version, kind: 'corrected' };
  for (const hook of hooks.afterFinalize) await hook(tx, written);
  return written;
}
