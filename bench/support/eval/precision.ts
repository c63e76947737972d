/** How often suggestions of a field are right, by how sure they say they are. */
import { thresholdOf } from '../../../transcription/thought-units/field-thresholds.ts';
import type { Suggested } from '../../../transcription/thought-units/types.ts';
import type { Evaluated } from './cross-validate.ts';

interface Judged {
  confidence: number;
  right: boolean;
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\b(?:mr|mrs|ms|dr)\.?\s+/g, '')
    .replace(/[^a-z0-9 ]/g, '')
    .trim();

/** Every suggestion of each field, right or wrong; amounts are right with what they are of, steps with owner and day. */
function judge({ report, analysis, transcript }: Evaluated): Map<string, Judged[]> {
  const { gold } = report;
  const { fields, units } = analysis;
  const judged = new Map<string, Judged[]>();
  const each = <T>(
    field: string,
    found: readonly (Suggested<T> | null)[],
    isRight: (one: Suggested<T>) => boolean,
  ) =>
    judged.set(
      field,
      found.flatMap((one) => (one ? [{ confidence: one.confidence, right: isRight(one) }] : [])),
    );
  const among = (names: readonly string[]) => {
    const meant = new Set(names.map(plain));
    return ({ value }: Suggested<string>) => meant.has(plain(value));
  };
  each('account', [fields.account], ({ value }) => value === gold.account);
  each('contact', fields.contacts, among(gold.contacts));
  each('new_contact', fields.newContacts, among(gold.newContacts));
  each('meeting_date', [fields.meetingDate], ({ value }) => value === gold.meetingDate);
  each('meeting_type', [fields.meetingType], ({ value }) => value === gold.meetingType);
  each('product', fields.products, among(gold.products));
  each('competitor', fields.competitors, among(gold.competitors));
  each('new_competitor', fields.newCompetitors, among(gold.newCompetitors));
  for (const [field, found, meant] of [
    ['amount', fields.amounts, gold.amounts],
    ['percent', fields.percents, gold.percents],
  ] as const)
    each<{ value: number; of: string }>(field, found, ({ value }) =>
      meant.some((other) => other.value === value.value && other.of === value.of),
    );
  let at = 0;
  const steps = gold.nextSteps.map((step) => {
    const text = report.units[step.unit]?.text ?? '';
    const start = transcript.indexOf(text, at);
    at = start;
    return { ...step, start, end: start + text.length };
  });
  each('next_step', fields.nextSteps, ({ unit, value }) => {
    const span = units[unit ?? -1];
    const same = steps.find((step) => span && span.start < step.end && step.start < span.end);
    return same?.owner === value.owner && same.due === value.due;
  });
  each('sentiment', [fields.sentiment], ({ value }) => value === gold.sentiment);
  each('stage', [fields.stage], ({ value }) => value === gold.stage);
  return judged;
}

const share = (list: readonly Judged[]): string =>
  list.length > 0 ? (list.filter(({ right }) => right).length / list.length).toFixed(3) : '–';

const LEVELS = [0, 0.5, 0.6, 0.7, 0.8, 0.9];

/** A row for each field: all, at its threshold, and precision (n) of suggestions at least so sure. */
export function precisionTable(
  evaluated: readonly Evaluated[],
): Record<string, Record<string, string | number>> {
  const all = new Map<string, Judged[]>();
  for (const one of evaluated)
    for (const [field, list] of judge(one)) all.set(field, [...(all.get(field) ?? []), ...list]);
  return Object.fromEntries(
    [...all].map(([field, list]) => {
      const least = thresholdOf(field);
      const sure = list.filter(({ confidence }) => confidence >= least);
      return [
        field,
        {
          suggested: list.length,
          'right of all': share(list),
          threshold: least,
          reach: sure.length,
          'right of those': share(sure),
          'says, on average': list.length
            ? (list.reduce((sum, { confidence }) => sum + confidence, 0) / list.length).toFixed(3)
            : '–',
        },
      ];
    }),
  );
}

/** For each field, bands of confidence with how many fall into each and how many of those are right. */
export function calibrationTable(evaluated: readonly Evaluated[]): Record<string, Record<string, string>> {
  const rows: Record<string, Record<string, string>> = {};
  for (const one of evaluated) for (const field of judge(one).keys()) rows[field] ??= {};
  for (const field of Object.keys(rows)) {
    const list = evaluated.flatMap((one) => judge(one).get(field) ?? []);
    LEVELS.forEach((from, n) => {
      const to = LEVELS[n + 1] ?? 1.01;
      const band = list.filter(({ confidence }) => confidence >= from && confidence < to);
      const row = rows[field];
      if (row) row[`${from} and up`] = band.length ? `${share(band)} of ${band.length}` : '';
    });
  }
  return rows;
}
