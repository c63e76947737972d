/**
 * Floors of what the analysis reaches on the demo company's annotated reports, so that a step back shows. The codes
 * were trained on these same reports: their floor guards the machinery, not how well it does on other companies.
 */
import { describe, expect, it } from 'vitest';
import { analyze, prepareVocabulary } from '../../../transcription/thought-units/analyze.ts';
import {
  assemble,
  type GoldFields,
  readGoldReports,
  readWorld,
} from '../../../transcription/thought-units/training/gold-report.ts';
import type { AnalyzedFields } from '../../../transcription/thought-units/types.ts';

const folder = new URL('../../../app/demo/company', import.meta.url).pathname;
const lexicon = prepareVocabulary(readWorld(folder));
const reports = readGoldReports<GoldFields>(folder);
const analyzed = reports.map((report) => {
  const { transcript, ends } = assemble(report.units);
  return {
    report,
    ends,
    transcript,
    result: analyze({ transcript, callDate: report.callDate, rep: report.rep, vocabulary: lexicon }),
  };
});

/** F1 of sets, counted over all reports. */
function f1(pairs: { said: Iterable<unknown>; gold: Iterable<unknown> }[]): number {
  let hits = 0;
  let all = 0;
  for (const { said, gold } of pairs) {
    const expected = new Set(gold);
    const given = new Set(said);
    all += expected.size + given.size;
    for (const item of given) if (expected.has(item)) hits++;
  }
  return all ? (2 * hits) / all : 1;
}
const share = (right: boolean[]): number => right.filter(Boolean).length / right.length;
const plain = <T>(items: { value: T }[]): T[] => items.map(({ value }) => value);

describe('the demo company', () => {
  it('has its transcripts cut without loss', () => {
    for (const { transcript, result } of analyzed)
      expect(result.units.map((unit, i) => (i ? (unit.para ? '\n\n' : ' ') : '') + unit.text).join('')).toBe(
        transcript,
      );
  });

  it('units end where the annotators ended them', () => {
    const boundaries = f1(
      analyzed.map(({ ends, result }) => ({
        said: result.units.slice(0, -1).map((u) => u.end),
        gold: ends.slice(0, -1),
      })),
    );
    expect(boundaries).toBeGreaterThan(0.975);
  });

  it('main codes of units that were cut alike', () => {
    const right: boolean[] = [];
    for (const { report, ends, result } of analyzed) {
      const byEnd = new Map(report.units.map((unit, i) => [ends[i], unit.codes[0]]));
      for (const unit of result.units)
        if (byEnd.has(unit.end)) right.push(unit.codes[0]?.code === byEnd.get(unit.end));
    }
    expect(share(right)).toBeGreaterThan(0.9);
  });

  it.each<
    [string, (fields: AnalyzedFields) => Iterable<unknown>, (gold: GoldFields) => Iterable<unknown>, number]
  >([
    ['account', (f) => [f.account?.value], (g) => [g.account], 0.97],
    ['contacts', (f) => plain(f.contacts), (g) => g.contacts, 0.97],
    ['products', (f) => plain(f.products), (g) => g.products, 0.97],
    ['competitors', (f) => plain(f.competitors), (g) => g.competitors, 0.97],
    ['new competitors', (f) => plain(f.newCompetitors), (g) => g.newCompetitors, 0.95],
    ['new contacts', (f) => plain(f.newContacts), (g) => g.newContacts, 0.75],
    ['amounts', (f) => plain(f.amounts).map((a) => a.value), (g) => g.amounts.map((a) => a.value), 0.95],
    ['meeting date', (f) => [f.meetingDate?.value ?? null], (g) => [g.meetingDate], 0.9],
    ['meeting type', (f) => [f.meetingType?.value ?? null], (g) => [g.meetingType], 0.9],
    [
      'due dates',
      (f) => f.nextSteps.flatMap((s) => s.value.due ?? []),
      (g) => g.nextSteps.flatMap((s) => s.due ?? []),
      0.93,
    ],
  ])('%s', (_, said, gold, floor) => {
    expect(
      f1(analyzed.map(({ report, result }) => ({ said: said(result.fields), gold: gold(report.gold) }))),
    ).toBeGreaterThan(floor);
  });

  it('says the same each time, and why', () => {
    const [first] = analyzed;
    if (!first) throw new Error('the demo company has no reports');
    const again = analyze({
      transcript: first.transcript,
      callDate: first.report.callDate,
      rep: first.report.rep,
      vocabulary: lexicon,
    });
    expect(again).toEqual(first.result);
    for (const unit of again.units) for (const code of unit.codes) expect(code.evidence).not.toBe('');
  });
});
