import type { AccuracyFigures } from '../../transcription/accuracy/figures/accuracy-figures.ts';
import { toFigure } from '../../transcription/accuracy/statistics/intervals.ts';
import { asPercent, type ShownFigure, showFigure } from './show-figure.ts';

/** What the service promises: the pass of the score, and the share of words that are to be right. */
const PROMISE = 0.98;
const WIDTH = 200;

/** One month's row: the figure in words and its interval as a bar on a common scale. */
export interface MonthRow {
  month: string;
  checks: number;
  accuracy: ShownFigure;
  passed: ShownFigure;
  score: string;
  bar: { from: number; width: number; at: number } | null;
}

export interface MonthChart {
  rows: MonthRow[];
  width: number;
  /** Where on the scale the promise is. */
  promise: number;
  scaleFrom: string;
}

/** Months with their intervals, the newest first, on one scale that holds all of them. Pure. */
export function showMonths(months: ReadonlyMap<string, AccuracyFigures>): MonthChart {
  const figures = [...months]
    .toSorted(([a], [b]) => b.localeCompare(a))
    .map(([month, figure]) => ({ month, figure, shown: toFigure(figure.wordAccuracy) }));
  const lows = figures.flatMap(({ shown }) => (shown.estimate ? [shown.estimate.low] : []));
  const from = Math.floor(Math.min(0.95, ...lows) * 20) / 20;
  const place = (value: number) => Math.round(((value - from) / (1 - from)) * WIDTH * 10) / 10;
  const rows = figures.map(({ month, figure, shown }) => ({
    month: monthName(month),
    checks: figure.checks,
    accuracy: showFigure('Words right', shown, asPercent, 'check'),
    passed: showFigure('Passed', toFigure(figure.passed), asPercent, 'check'),
    score: shown.estimate && figure.score !== null ? figure.score.toFixed(1) : '–',
    bar: shown.estimate && {
      from: place(shown.estimate.low),
      width: Math.max(2, place(shown.estimate.high) - place(shown.estimate.low)),
      at: place(shown.estimate.value),
    },
  }));
  return { rows, width: WIDTH, promise: place(PROMISE), scaleFrom: `${Math.round(from * 100)}%` };
}

function monthName(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(Date.UTC(year, number - 1, 1)),
  );
}
