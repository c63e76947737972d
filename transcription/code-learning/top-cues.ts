import type { CodeModel } from '../thought-units/coding/code-model.ts';
import { featureInWords } from '../thought-units/coding/suggest-codes.ts';

export interface LearnedCue {
  /** `says "crate"` */
  words: string;
  weight: number;
  /** What the shipped model gave it. */
  before: number;
}

/** What speaks most for each code since people confirmed things: the weights that rose most over the shipped ones. Pure. */
export function topCues(model: CodeModel, shipped: CodeModel, most = 6): Map<string, LearnedCue[]> {
  const cues = new Map<string, LearnedCue[]>();
  model.codes.forEach((code, c) => {
    const was = shipped.codes.indexOf(code);
    const risen = Object.entries(model.features)
      .map(([feature, row]) => ({
        feature,
        weight: row[c] ?? 0,
        before: shipped.features[feature]?.[was] ?? 0,
      }))
      .filter(({ weight, before }) => weight > 0.1 && weight - before > 0.05)
      .sort((a, b) => b.weight - b.before - (a.weight - a.before) || (a.feature < b.feature ? -1 : 1));
    const told: LearnedCue[] = [];
    for (const { feature, weight, before } of risen) {
      if (told.length >= most) break;
      const words = featureInWords(feature) ?? cueInWords(feature);
      if (words && !told.some((one) => one.words === words)) told.push({ words, weight, before });
    }
    if (told.length > 0) cues.set(code, told);
  });
  return cues;
}

function cueInWords(feature: string): string | null {
  const [kind, rest = ''] = feature.split(':');
  return kind === 'cue' ? `says a cue of ${rest}` : null;
}
