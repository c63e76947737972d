import type { SettledInput } from '../../transcription/reports/finalize-schema.ts';
import type { Analysis, Suggested } from '../../transcription/thought-units/types.ts';
import { shiftDay } from './plan-reports.ts';
import type { DemoReport } from './read-company.ts';
import { transcriptOf } from './read-company.ts';

type Field = NonNullable<SettledInput['fields']>[number];

/** Where the analysis found a value, so that it points to the unit that says it. */
function spanOf<T>(suggestions: readonly Suggested<T>[], isSame: (value: T) => boolean): Field['span'] {
  return suggestions.find(({ value }) => isSame(value))?.span ?? null;
}

/**
 * A demo report as the people of the company settled it in the review: everything confirmed. Pure.
 * @param shiftDays days that its dates move by
 * @param unitStartsMs where each unit begins in the audio, when there is audio
 */
export function settledByPeople(
  report: DemoReport,
  { fields: found }: Analysis,
  { shiftDays, unitStartsMs }: { shiftDays: number; unitStartsMs: readonly number[] | null },
): SettledInput {
  const { gold, units } = report;
  const { text, starts } = transcriptOf(report);
  const certainty = 'confirmed' as const;
  const field = (key: string, value: Field['value'], span: Field['span'] = null): Field => ({
    field: key,
    value,
    span,
    certainty,
  });
  return {
    text,
    anchors: starts.flatMap((start, index): [number, number][] => {
      const ms = unitStartsMs?.[index];
      return ms === undefined ? [] : [[start, ms]];
    }),
    units: units.map((unit, index) => {
      const start = starts[index] ?? 0;
      return {
        start,
        end: start + unit.text.length,
        para: unit.para,
        codes: unit.codes.map((code) => ({ code, certainty, confidence: null, evidence: null })),
      };
    }),
    accountId: gold.account,
    contacts: gold.contacts,
    newContacts: gold.newContacts,
    meetingDate: shiftDay(gold.meetingDate, shiftDays),
    meetingType: gold.meetingType,
    headingCertainty: certainty,
    fields: [
      ...gold.products.map((id) =>
        field(
          'product',
          id,
          spanOf(found.products, (value) => value === id),
        ),
      ),
      ...gold.competitors.map((id) =>
        field(
          'competitor',
          id,
          spanOf(found.competitors, (value) => value === id),
        ),
      ),
      ...gold.newCompetitors.map((name) =>
        field(
          'new_competitor',
          name,
          spanOf(found.newCompetitors, (value) => value === name),
        ),
      ),
      ...gold.amounts.map((amount) =>
        field(
          'amount',
          amount,
          spanOf(found.amounts, ({ value }) => value === amount.value),
        ),
      ),
      ...gold.percents.map((percent) =>
        field(
          'percent',
          percent,
          spanOf(found.percents, ({ value }) => value === percent.value),
        ),
      ),
      field('sentiment', gold.sentiment),
      ...(gold.stage === null ? [] : [field('stage', gold.stage)]),
    ],
    nextSteps: gold.nextSteps.map(({ unit, owner, due }) => ({
      unit,
      owner,
      due: shiftDay(due, shiftDays),
      certainty,
    })),
  };
}
