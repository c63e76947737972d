import type { CodeModel } from '../thought-units/coding/code-model.ts';
import { stemOf } from '../thought-units/coding/match-topics.ts';
import type { PreparedReport } from './confirmed-report.ts';
import { WORD_SUPPORT } from './limits.ts';

/** The words of a feature as they were stemmed; none where it holds no speaker's words. Pure. */
export function wordsOfFeature(feature: string): string[] {
  const lexical = /^(?:w|verb):(.+)$/.exec(feature)?.[1] ?? /^[a-z]+>(.+)$/i.exec(feature)?.[1];
  return lexical === undefined ? [] : lexical.split('_').filter((word) => /[a-z]/.test(word));
}

/** Features that may be kept: said by enough speakers in enough reports, or no words at all, or in the shipped model. */
export function keptFeatures(reports: readonly PreparedReport[], shipped: CodeModel): Set<string> {
  const counts = new Map<string, { reports: number; speakers: Set<string> }>();
  for (const { features, speaker } of reports)
    for (const feature of new Set(features.flat())) {
      const entry = counts.get(feature) ?? { reports: 0, speakers: new Set() };
      entry.reports++;
      entry.speakers.add(speaker);
      counts.set(feature, entry);
    }
  const kept = new Set(Object.keys(shipped.features));
  for (const [feature, { reports: said, speakers }] of counts)
    if (said >= WORD_SUPPORT.reports && speakers.size >= WORD_SUPPORT.speakers) kept.add(feature);
  return kept;
}

/** The model without what it learned of words that fail `isKept`. What ships with the program is nobody's and stays. Pure. */
export function withoutWords(
  model: CodeModel,
  shipped: CodeModel,
  isKept: (words: readonly string[], feature: string) => boolean,
): CodeModel {
  const features = Object.fromEntries(
    Object.entries(model.features).filter(([feature]) => {
      if (shipped.features[feature]) return true;
      const words = wordsOfFeature(feature);
      return words.length === 0 || isKept(words, feature);
    }),
  );
  return { ...model, features };
}

/** The words of phrases as a feature would hold them. Pure. */
export function stemsOf(phrases: readonly string[]): Set<string> {
  return new Set(
    phrases
      .flatMap((phrase) =>
        phrase
          .toLowerCase()
          .replaceAll('’', "'")
          .split(/[^a-z']+/),
      )
      .map(stemOf)
      .filter(Boolean),
  );
}
