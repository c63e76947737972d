import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Prisma } from '../../prisma/generated/client/client.ts';
import type { Scrub } from '../redaction/redacting.ts';
import type { CodeModel } from '../thought-units/coding/code-model.ts';
import { codeWeights } from '../thought-units/coding/weights.ts';
import { loadVocabulary } from '../vocabulary/load-vocabulary.ts';
import { lockCodeModels, readWeights } from './code-model-store.ts';
import { type PreparedReport, prepareReport } from './confirmed-report.ts';
import { inSlices } from './in-slices.ts';
import { keptFeatures, stemsOf, withoutWords } from './known-words.ts';
import { readConfirmed } from './read-confirmed.ts';

/**
 * Takes what a redaction took out of a report out of every model as well, in that transaction. A model holds single
 * words and pairs of them, said by several people in several reports; that another report still says the word does
 * not matter: it is learned again from there, by the rules for words. Words of the shipped model stay: they are the
 * program's.
 */
export const scrubCodeModels: Scrub = async (tx, { phrases }) => {
  const stems = stemsOf(phrases.map(({ words }) => words));
  if (stems.size === 0) return;
  await lockCodeModels(tx);
  await rewrite(tx, (model) =>
    withoutWords(model, codeWeights, (words) => !words.some((word) => stems.has(word))),
  );
};

/**
 * Drops from every model the words that not enough speakers say in enough reports any more, because texts were
 * destroyed, corrected or redacted since. Done twice, the second time changes nothing.
 * @returns how many versions changed
 */
export async function tendCodeModels({ database }: Pick<Platform, 'database'>): Promise<number> {
  if ((await database.prisma.codeModel.count({ where: { state: { not: 'refused' } } })) === 0) return 0;
  const kept = await inSlices(supported(await readConfirmed(database), await loadVocabulary(database)));
  if (kept === null) return 0;
  return database.prisma.$transaction(async (tx) => {
    await lockCodeModels(tx);
    return rewrite(tx, (model) => withoutWords(model, codeWeights, (_, feature) => kept.has(feature)));
  });
}

function* supported(
  reports: Awaited<ReturnType<typeof readConfirmed>>,
  { lexicon, coder }: Awaited<ReturnType<typeof loadVocabulary>>,
): Generator<void, Set<string>> {
  const prepared: PreparedReport[] = [];
  for (const report of reports) {
    const one = prepareReport(report, lexicon, coder.matchers);
    if (one) prepared.push(one);
    yield;
  }
  return keptFeatures(prepared, codeWeights);
}

/** In: the lock on the models. Raises `revision` where something went, so that no process goes on with a copy. */
async function rewrite(tx: Tx, change: (model: CodeModel) => CodeModel): Promise<number> {
  const rows = await tx.codeModel.findMany({
    where: { state: { not: 'refused' } },
    select: { version: true, weights: true },
  });
  let changed = 0;
  for (const { version, weights } of rows) {
    const model = readWeights(weights);
    if (!model) continue;
    const next = change(model);
    if (Object.keys(next.features).length === Object.keys(model.features).length) continue;
    await tx.codeModel.update({
      where: { version },
      data: { weights: { ...next } as Prisma.InputJsonObject, revision: { increment: 1 } },
    });
    changed++;
  }
  return changed;
}
