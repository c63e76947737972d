import type { SettledInput } from '../../transcription/reports/finalize-schema.ts';
import { shiftDay } from './plan-reports.ts';
import { type DemoMentions, type DemoReport, transcriptOf } from './read-company.ts';

type Field = NonNullable<SettledInput['fields']>[number];

/**
 * A demo report as the people of the company settled it in the review: everything confirmed. Pure.
 * @param shiftDays days that its dates move by
 * @param unitStartsMs where each unit begins in the audio, when there is audio
 * @param mentions where in the text each value is said
 */
export function settledByPeople(
  report: DemoReport,
  {
    shiftDays,
    unitStartsMs,
    mentions,
  }: {
    shiftDays: number;
    unitStartsMs: readonly number[] | null;
    mentions: DemoMentions[string] | undefined;
  },
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
  const said = (kind: string, index: number): Field['span'] => {
    const span = mentions?.[kind]?.[index];
    return span ? { start: span[0], end: span[1] } : null;
  };
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
      ...gold.products.map((id, index) => field('product', id, said('products', index))),
      ...gold.competitors.map((id, index) => field('competitor', id, said('competitors', index))),
      ...gold.newCompetitors.map((name, index) =>
        field('new_competitor', name, said('newCompetitors', index)),
      ),
      ...gold.amounts.map((amount, index) => field('amount', amount, said('amounts', index))),
      ...gold.percents.map((percent, index) => field('percent', percent, said('percents', index))),
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
