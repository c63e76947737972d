import type { Platform } from '../../platform/platform.ts';
import { localDay } from '../../platform/time-zone.ts';
import type { Measure } from '../../transcription/coding/agreement/measure-agreement.ts';
import {
  type Agreement,
  measureAgreement,
  measureBriefly,
} from '../../transcription/coding/agreement/measure-agreement.ts';
import { readTwiceCoded, type TwiceCoded } from '../../transcription/coding/double/read-codings.ts';
import type { CodeLabels } from '../codebook/code-labels.ts';
import { type LineChart, lineChart } from './charts.ts';

export const PERIODS = [
  { key: '90', label: 'Last 90 days', days: 90 },
  { key: '365', label: 'Last year', days: 365 },
  { key: 'all', label: 'All', days: null },
] as const;
export type PeriodKey = (typeof PERIODS)[number]['key'];

const DAY_MS = 86_400_000;

/** All that was coded twice in a period, with the figures. */
export async function loadAgreement(
  platform: Pick<Platform, 'clock' | 'database'>,
  period: PeriodKey,
): Promise<{ codings: TwiceCoded[]; redacted: number; agreement: Agreement }> {
  const days = PERIODS.find(({ key }) => key === period)?.days ?? null;
  const from = days === null ? null : new Date(platform.clock.now().getTime() - days * DAY_MS);
  const { codings, redacted } = await readTwiceCoded(platform, { from });
  return { codings, redacted, agreement: measureAgreement(codings.map(({ comparison }) => comparison)) };
}

/** "0.84" and "0.79 to 0.88"; a dash where a measure is not defined. */
export function showMeasure({ value, interval }: Measure): { value: string; interval: string | null } {
  // "-0.00" looks like something that it is not.
  const show = (figure: number) => figure.toFixed(2).replace(/^-(?=0\.00$)/, '');
  return {
    value: value === null ? '–' : show(value),
    interval: interval ? `${show(interval.low)} to ${show(interval.high)}` : null,
  };
}

export interface Month {
  /** `2026-11` */
  month: string;
  reports: number;
  units: number;
  similarity: string;
  mainCode: string;
}

/** The figures of each month, oldest first, and a chart of them. */
export function byMonth(
  codings: readonly TwiceCoded[],
  timeZone: string,
): { months: Month[]; chart: LineChart | null } {
  const groups = new Map<string, TwiceCoded[]>();
  for (const coding of codings) {
    const month = localDay(coding.finishedAt, timeZone).slice(0, 7);
    groups.set(month, [...(groups.get(month) ?? []), coding]);
  }
  const measured = [...groups].map(([month, group]) => ({
    month,
    ...measureBriefly(group.map(({ comparison }) => comparison)),
  }));
  const plain = (value: number | null) => showMeasure({ value, interval: null }).value;
  return {
    months: measured.map(({ month, reports, shared, similarity, mainCode }) => ({
      month,
      reports,
      units: shared,
      similarity: plain(similarity),
      mainCode: plain(mainCode),
    })),
    chart: lineChart([
      measured.map(({ similarity }) => similarity),
      measured.map(({ mainCode }) => mainCode),
    ]),
  };
}

/** A row of the table of codes: those that drift first, then the least reliable. */
export interface CodeRow {
  key: string;
  label: string;
  href: string;
  alpha: string;
  interval: string | null;
  isWeak: boolean;
  both: number;
  onlyOne: number;
  recent: string | null;
  before: string | null;
  drifts: boolean;
}

/** Krippendorff: below it, not even tentative conclusions should be drawn. */
export const WEAK = 0.667;

export function codeRows({ codes }: Agreement, labels: CodeLabels, period: PeriodKey): CodeRow[] {
  const share = ({ given, disputed }: { given: number; disputed: number }) =>
    given === 0 ? null : `${Math.round((100 * disputed) / given)}% of ${given}`;
  return codes
    .map((one) => {
      const { value, interval } = showMeasure(one.alpha);
      return {
        key: one.code,
        label: labels(one.code),
        href: `/agreement/codes/${encodeURIComponent(one.code)}?period=${period}`,
        alpha: value,
        interval,
        isWeak: one.alpha.value !== null && one.alpha.value < WEAK,
        both: one.both,
        onlyOne: one.onlyOne,
        recent: share(one.drift.recent),
        before: share(one.drift.before),
        drifts: one.drift.drifts,
        order: one.alpha.value ?? 2,
      };
    })
    .sort(
      (a, b) => Number(b.drifts) - Number(a.drifts) || a.order - b.order || a.label.localeCompare(b.label),
    )
    .map(({ order: _, ...row }) => row);
}
