import type { Figure } from '../../transcription/accuracy/statistics/intervals.ts';

/** A figure in words: never a number without its interval, never one from too little. */
export interface ShownFigure {
  label: string;
  /** "98.7%"; a dash where there is too little. */
  value: string;
  /** "97.9% to 99.2%, from 24 checks", or "not enough yet: 3 of 10 checks". */
  certainty: string;
  isEnough: boolean;
}

type Format = (value: number) => string;

/** A share with one digit behind the point; what is not all is never rounded up to 100%. */
export const asPercent: Format = (value) => {
  const percent = value * 100;
  return `${(value < 1 ? Math.min(percent, 99.9) : percent).toFixed(1)}%`;
};
export const asNumber: Format = (value) => value.toFixed(value < 10 ? 2 : 1);

/** Pure. `unit`: what is counted, as "check" or "text". */
export function showFigure(
  label: string,
  { n, needed, estimate }: Figure,
  format: Format,
  unit: string,
): ShownFigure {
  if (!estimate) {
    const certainty = `not enough yet: ${n} of ${needed} ${unit}s`;
    return { label, value: '–', certainty, isEnough: false };
  }
  const { value, low, high } = estimate;
  const certainty = `${format(low)} to ${format(high)}, from ${n} ${unit}s`;
  return { label, value: format(value), certainty, isEnough: true };
}
