import type { Tx } from '../../../platform/database/database.ts';
import { suggestedValues } from '../../reports/plan-values.ts';
import type { Analysis } from '../../thought-units/types.ts';
import { findPhrase, scrubText } from '../text/phrases.ts';
import type { TakenOut } from './replace-texts.ts';

export interface ReportValueRow {
  id: string;
  field: string;
  value: unknown;
  display: string;
  startOffset: number | null;
  endOffset: number | null;
}

/** A judgment over the whole report, not something that was said in one place. */
const JUDGED = new Set(['sentiment', 'stage', 'meeting_type']);

/**
 * Values that a report does not say any more: said in a passage that is taken out, or written as its words, or found
 * by the analysis before and not after. Pure.
 */
export function valuesToDrop(
  values: readonly ReportValueRow[],
  { places, phrases }: Pick<TakenOut, 'places' | 'phrases'>,
  analyses: { before: Analysis; after: Analysis },
): ReportValueRow[] {
  const keysOf = (analysis: Analysis) =>
    new Set(suggestedValues(analysis, () => null).map(({ field, value }) => keyOf(field, value)));
  const before = keysOf(analyses.before);
  const after = keysOf(analyses.after);
  return values.filter(({ field, value, display, startOffset, endOffset }) => {
    if (holds(display, phrases) || (typeof value === 'string' && holds(value, phrases))) return true;
    if (JUDGED.has(field)) return false;
    const key = keyOf(field, value);
    if (before.has(key)) return !after.has(key);
    return (
      startOffset !== null &&
      endOffset !== null &&
      places.some(({ start, end }) => start < endOffset && end > startOffset)
    );
  });
}

function keyOf(field: string, value: unknown): string {
  // The database gives the keys of JSON back in an order of its own.
  const sorted =
    value && typeof value === 'object'
      ? Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
      : value;
  return JSON.stringify([field, sorted]);
}

export function holds(text: string, phrases: TakenOut['phrases']): boolean {
  return phrases.some(({ words }) => findPhrase(text, words).length > 0);
}

/** Takes values out of a report, with what its heading shows of them. In: lock on the report's row. */
export async function dropValues(
  tx: Tx,
  reportId: string,
  values: readonly ReportValueRow[],
  phrases: TakenOut['phrases'],
): Promise<void> {
  await tx.fieldValue.deleteMany({ where: { id: { in: values.map(({ id }) => id) } } });
  const gone = (field: string) =>
    values.filter((value) => value.field === field).map(({ value }) => String(value));
  const contacts = await tx.reportContact.findMany({
    where: { reportId },
    select: { id: true, newName: true, contact: { select: { name: true, externalId: true } } },
  });
  const unnamed = contacts.filter(
    ({ newName, contact }) =>
      holds(newName ?? contact?.name ?? '', phrases) ||
      gone('contact').includes(contact?.externalId ?? '') ||
      (newName !== null && gone('new_contact').includes(newName)),
  );
  await tx.reportContact.deleteMany({ where: { id: { in: unnamed.map(({ id }) => id) } } });
  await dropFoundNames(tx, reportId, phrases);
  await tx.report.update({
    where: { id: reportId },
    data: {
      ...(gone('account').length > 0 && { accountId: null }),
      ...(gone('meeting_date').length > 0 && { meetingDate: null }),
    },
  });
}

/**
 * People and competitors that are known from this report alone: nobody else has spoken of them, so their names go from
 * the lists, too. Runs after the report was parted from them.
 */
async function dropFoundNames(tx: Tx, reportId: string, phrases: TakenOut['phrases']): Promise<void> {
  const people = await tx.$queryRaw<{ id: string; name: string }[]>`
    select c.id, c.name from contact c
    where c.found_in_report_id = ${reportId}::uuid
      and not exists (select from report_contact r where r.contact_id = c.id)`;
  const rivals = await tx.$queryRaw<{ id: string; name: string }[]>`
    select c.id, c.name from competitor c
    where c.found_in_report_id = ${reportId}::uuid
      and not exists (select from field_value v where v.value = to_jsonb(c.external_id) and v.field = 'competitor')`;
  const data = { active: false };
  for (const { id, name } of people.filter((row) => holds(row.name, phrases)))
    await tx.contact.update({ where: { id }, data: { ...data, name: scrubText(name, phrases) } });
  for (const { id, name } of rivals.filter((row) => holds(row.name, phrases)))
    await tx.competitor.update({ where: { id }, data: { ...data, name: scrubText(name, phrases) } });
}

/**
 * Next steps in the words of a unit follow its new words; a due day that was only said in what is taken out goes.
 * In: the units as they were, by id. Runs after their texts were replaced.
 */
export async function redactSteps(
  tx: Tx,
  reportId: string,
  unitsBefore: ReadonlyMap<string, string>,
  analyses: { before: Analysis; after: Analysis },
): Promise<void> {
  const duesOf = ({ fields }: Analysis) => new Set(fields.nextSteps.map(({ value }) => value.due));
  const before = duesOf(analyses.before);
  const after = duesOf(analyses.after);
  const steps = await tx.nextStep.findMany({ where: { reportId }, include: { unit: true } });
  for (const { id, text, due, unit } of steps) {
    const old = unit ? unitsBefore.get(unit.id) : undefined;
    const day = due?.toISOString().slice(0, 10) ?? null;
    const isUnsaid = day !== null && before.has(day) && !after.has(day);
    const follows = unit && old !== undefined && old !== unit.text && text.trim() === old.trim();
    if (!follows && !isUnsaid) continue;
    await tx.nextStep.update({
      where: { id },
      data: { ...(follows && { text: unit.text }), ...(isUnsaid && { due: null }) },
    });
  }
}
