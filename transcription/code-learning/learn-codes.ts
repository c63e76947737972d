import type { CodeModel } from '../thought-units/coding/code-model.ts';
import { type CodedReport, trainInSteps } from '../thought-units/coding/train-chain.ts';
import type { PreparedReport } from './confirmed-report.ts';
import { keptFeatures } from './known-words.ts';
import { CODE_SUPPORT, LEARNING } from './limits.ts';

/**
 * Fits the shipped model to what people confirmed: it begins from the shipped weights and is drawn back to them where
 * the company's reports say nothing, so that a few hundred units bend it and do not break it. It never begins from a
 * version learned before: what has been redacted or destroyed since is then in none of it.
 *
 * Deterministic. Yields now and then, so that others may be served in between.
 * @param becomes codes that were merged into others, by key
 */
export function* learnCodes(
  reports: readonly PreparedReport[],
  shipped: CodeModel,
  becomes: ReadonlyMap<string, string>,
): Generator<void, CodeModel> {
  const start = renamed(shipped, becomes);
  const codes = [...start.codes, ...ownCodes(reports, start.codes)];
  const kept = keptFeatures(reports, shipped);
  const coded: CodedReport[] = reports.map(({ features, joints, meanings, codes: given }) => ({
    features: features.map((unit) => unit.filter((feature) => kept.has(feature))),
    joints,
    meanings,
    codes: given.map(([main]) => (main === undefined ? -1 : codes.indexOf(main))),
  }));
  yield;
  return rounded(yield* trainInSteps(codes, coded, LEARNING, start));
}

/** What a merged code knew goes to the code that took it in; to one only, the others' share is learned. */
function renamed(shipped: CodeModel, becomes: ReadonlyMap<string, string>): CodeModel {
  const codes: string[] = [];
  for (const code of shipped.codes) {
    const next = becomes.get(code) ?? code;
    codes.push(codes.includes(next) || (next !== code && shipped.codes.includes(next)) ? code : next);
  }
  return { ...shipped, codes };
}

/** Codes of the company's own that are given often enough to be learned. */
function ownCodes(reports: readonly PreparedReport[], known: readonly string[]): string[] {
  const counts = new Map<string, { units: number; reports: number }>();
  for (const { codes } of reports) {
    const mains = codes.flatMap(([main]) => (main === undefined || known.includes(main) ? [] : [main]));
    for (const main of mains) {
      const entry = counts.get(main) ?? { units: 0, reports: 0 };
      entry.units++;
      counts.set(main, entry);
    }
    for (const main of new Set(mains)) {
      const entry = counts.get(main);
      if (entry) entry.reports++;
    }
  }
  return [...counts]
    .filter(([, n]) => n.units >= CODE_SUPPORT.units && n.reports >= CODE_SUPPORT.reports)
    .map(([code]) => code)
    .sort();
}

/** Two decimals say all that there is to say, and weights that are nothing take no room. */
function rounded({ codes, features, transitions }: CodeModel): CodeModel {
  const short = (row: readonly number[]) => row.map((weight) => Math.round(weight * 100) / 100);
  return {
    codes,
    features: Object.fromEntries(
      Object.entries(features)
        .map(([name, row]): [string, number[]] => [name, short(row)])
        .filter(([, row]) => row.some((weight) => weight !== 0)),
    ),
    transitions: Object.fromEntries(
      Object.entries(transitions).map(([joint, rows]) => [joint, rows.map(short)]),
    ),
  };
}
