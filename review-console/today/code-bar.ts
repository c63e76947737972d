import type { CodeLabels } from '../codebook/code-labels.ts';

export interface CodeBar {
  segments: { x: number; width: number; opacity: number; label: string; units: number }[];
  /** The strongest in words. */
  labels: { label: string; units: number }[];
  /** How many codes the words leave out. */
  others: number;
}

const MOST_LABELS = 4;
const GAP = 0.6;

/** What a report is about as a bar of 100 units' width, strongest first; shades of one color. Null without codes. Pure. */
export function codeBar(
  codes: readonly { key: string; units: number }[],
  labelOf: CodeLabels,
): CodeBar | null {
  const total = codes.reduce((sum, code) => sum + code.units, 0);
  if (total === 0) return null;
  let x = 0;
  const segments = codes.map(({ key, units }, index) => {
    const share = (units / total) * 100;
    const segment = {
      x: Math.round(x * 100) / 100,
      width: Math.max(0.4, Math.round((share - GAP) * 100) / 100),
      opacity: Math.max(0.25, 1 - index * 0.16),
      label: labelOf(key),
      units,
    };
    x += share;
    return segment;
  });
  return {
    segments,
    labels: codes.slice(0, MOST_LABELS).map(({ key, units }) => ({ label: labelOf(key), units })),
    others: Math.max(0, codes.length - MOST_LABELS),
  };
}
