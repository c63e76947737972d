import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Prisma } from '../../prisma/generated/client/client.ts';
import type { CodeModel } from '../thought-units/coding/code-model.ts';
import { codeWeights } from '../thought-units/coding/weights.ts';
import { type LoadedVocabulary, loadVocabulary } from '../vocabulary/load-vocabulary.ts';
import { isAutomatic, lockCodeModels, readModelInForce } from './code-model-store.ts';
import { type Comparison, compareModels, judgeModel, type Verdict } from './compare-models.ts';
import { type ConfirmedReport, isHeldOut, type PreparedReport, prepareReport } from './confirmed-report.ts';
import { inSlices } from './in-slices.ts';
import { learnCodes } from './learn-codes.ts';
import { FEWEST_HELD_OUT, FEWEST_UNITS, KEPT_VERSIONS, NEW_UNITS } from './limits.ts';
import { countConfirmed, fingerprintOf, readConfirmed } from './read-confirmed.ts';

export type Learned =
  | { outcome: 'learned'; version: number; state: 'in_force' | 'candidate' | 'refused'; verdict: Verdict }
  /** Too little was confirmed so far, or nothing since the last time. */
  | { outcome: 'too_few' | 'not_due' | 'nothing_new' }
  /** Another model came into force meanwhile, or the process is about to end. */
  | { outcome: 'overtaken' | 'given_up' };

export interface LearnedFrom {
  reports: number;
  units: number;
  /** Of the units, how many a person had to change. */
  changed: number;
  speakers: number;
  /** Counted over everything confirmed, also what is held out. */
  confirmed: number;
  byCode: Record<string, number>;
}

/**
 * Learns a new version from what people confirmed, measures it against the one in force on the reports that neither
 * has seen, and puts it in force when it is better.
 *
 * Twice: the second time finds that nothing is new. At once by two: both reckon, the first to finish is stored, the
 * other finds its fingerprint taken. Killed in the middle: nothing was written. Overtaken (a person put another version
 * in force meanwhile, or something was redacted): what was reckoned is thrown away.
 * @param asked a person wants it now; otherwise only when enough was confirmed since the last time
 */
export async function learnFromConfirmed(
  { database, clock }: Pick<Platform, 'clock' | 'database'>,
  { asked, actorId, signal }: { asked: boolean; actorId: string | null; signal?: AbortSignal },
): Promise<Learned> {
  const { prisma } = database;
  const confirmed = await countConfirmed(database);
  if (confirmed < FEWEST_UNITS) return { outcome: 'too_few' };
  const last = await prisma.codeModel.findFirst({
    orderBy: { version: 'desc' },
    select: { learnedFrom: true },
  });
  const before = Number((last?.learnedFrom as Partial<LearnedFrom> | undefined)?.confirmed ?? 0);
  // A good deal fewer than then: texts were destroyed, and what is new can't be told by the number.
  const isDue = confirmed - before >= NEW_UNITS || confirmed < before - NEW_UNITS;
  if (!asked && !isDue) return { outcome: 'not_due' };

  const forgotten = await readForgotten(prisma);
  const loaded = await loadVocabulary(database);
  const reports = await readConfirmed(database);
  const fingerprint = fingerprintOf(reports, [...loaded.codes.keys()].join(' '));
  if (await prisma.codeModel.findUnique({ where: { fingerprint }, select: { version: true } }))
    return { outcome: 'nothing_new' };
  const compared = await readModelInForce(prisma);
  const done = await inSlices(reckon(reports, loaded, compared.model), signal);
  if (done === null) return { outcome: 'given_up' };
  if (done === 'too_few') return { outcome: 'too_few' };
  return prisma.$transaction((tx) =>
    store(tx, {
      ...done,
      fingerprint,
      comparedWith: compared.version,
      forgotten,
      confirmed,
      actorId,
      now: clock.now(),
    }),
  );
}

interface Reckoned {
  model: CodeModel;
  comparison: Comparison;
  learnedFrom: Omit<LearnedFrom, 'confirmed'>;
}

/** All that takes time; pure. */
function* reckon(
  reports: readonly ConfirmedReport[],
  { lexicon, coder, codes }: LoadedVocabulary,
  inForce: CodeModel,
): Generator<void, Reckoned | 'too_few'> {
  const { becomes } = coder.inForce;
  const prepared: PreparedReport[] = [];
  const learned: ConfirmedReport[] = [];
  for (const report of reports) {
    const units = report.units.map((unit) => ({
      ...unit,
      codes: [...new Set(unit.codes.map((key) => becomes.get(key) ?? key))].filter((key) => codes.has(key)),
    }));
    const one = prepareReport({ ...report, units }, lexicon, coder.matchers);
    if (one) {
      prepared.push(one);
      if (!isHeldOut(report.id)) learned.push({ ...report, units });
    }
    yield;
  }
  const heldOut = prepared.filter(({ id }) => isHeldOut(id));
  if (heldOut.length < FEWEST_HELD_OUT) return 'too_few';
  const train = prepared.filter(({ id }) => !isHeldOut(id));
  const model = yield* learnCodes(train, codeWeights, becomes);
  const comparison = yield* compareModels(heldOut, { learned: model, inForce }, coder);
  return { model, comparison, learnedFrom: countOf(learned) };
}

function countOf(reports: readonly ConfirmedReport[]): Omit<LearnedFrom, 'confirmed'> {
  const byCode: Record<string, number> = {};
  const units = reports.flatMap((report) => report.units.filter(({ codes }) => codes.length > 0));
  for (const { codes } of units) for (const code of codes) byCode[code] = (byCode[code] ?? 0) + 1;
  return {
    reports: reports.length,
    units: units.length,
    changed: units.filter(({ isChanged }) => isChanged).length,
    speakers: new Set(reports.map(({ speakerId }) => speakerId)).size,
    byCode,
  };
}

async function store(
  tx: Tx,
  input: Reckoned & {
    fingerprint: string;
    comparedWith: number;
    forgotten: string;
    confirmed: number;
    actorId: string | null;
    now: Date;
  },
): Promise<Learned> {
  await lockCodeModels(tx);
  const { model, comparison, fingerprint, comparedWith, actorId, now } = input;
  if (await tx.codeModel.findUnique({ where: { fingerprint }, select: { version: true } }))
    return { outcome: 'nothing_new' };
  if ((await readModelInForce(tx)).version !== comparedWith) return { outcome: 'overtaken' };
  // Redacted after it was read and before the lock: the model may hold what was taken out. Later ones find the row.
  if ((await readForgotten(tx)) !== input.forgotten) return { outcome: 'overtaken' };
  const verdict = judgeModel(comparison);
  const state = verdict !== 'better' ? 'refused' : (await isAutomatic(tx)) ? 'in_force' : 'candidate';
  const newest = await tx.codeModel.aggregate({ _max: { version: true } });
  const version = (newest._max.version ?? 0) + 1;
  if (state === 'in_force')
    await tx.codeModel.updateMany({ where: { state: 'in_force' }, data: { state: 'superseded' } });
  await tx.codeModel.create({
    data: {
      version,
      state,
      fingerprint,
      comparedWith,
      // A refused one is never used: why keep anybody's words in it.
      ...(state !== 'refused' && { weights: asJson(model) }),
      learnedFrom: asJson({ ...input.learnedFrom, confirmed: input.confirmed }),
      measures: asJson(comparison),
      reason: verdict,
      trainedAt: now,
      trainedById: actorId,
      ...(state === 'in_force' && { inForceSince: now }),
    },
  });
  await dropOldWeights(tx);
  await tx.auditEntry.create({
    data: {
      at: now,
      actorId,
      action: 'code_model.learned',
      subjectType: 'code_model',
      subjectId: String(version),
      detail: { version, state, reason: verdict },
    },
  });
  return { outcome: 'learned', version, state, verdict };
}

/** Text that differs when anything was redacted or destroyed. Locks nothing. */
async function readForgotten(prisma: Pick<Tx, '$queryRaw'>): Promise<string> {
  const rows = await prisma.$queryRaw<{ forgotten: string }[]>`
    select concat((select count(*) from redaction), ' ',
                  (select count(*) from dictation where text_destroyed_at is not null)) as forgotten`;
  return rows[0]?.forgotten ?? '';
}

/** Only the newest can be gone back to; the figures of the others stay. */
async function dropOldWeights(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    update code_model set weights = null
    where state not in ('in_force') and weights is not null and version not in (
      select version from code_model where weights is not null order by version desc limit ${KEPT_VERSIONS})`;
}

const asJson = (value: object): Prisma.InputJsonObject => ({ ...value }) as Prisma.InputJsonObject;
