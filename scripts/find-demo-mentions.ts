/**
 * Notes where in the demo company's transcripts each of its values is said, so that seeding needn't analyze them
 * first. Run by hand when texts or values change: `npx tsx scripts/find-demo-mentions.ts`. What the analysis does
 * not find is printed and keeps what the file says, to be filled in by hand.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readCompany, transcriptOf } from '../app/demo/read-company.ts';
import { analyze } from '../transcription/thought-units/analyze.ts';
import type { Suggested } from '../transcription/thought-units/types.ts';

type Span = [start: number, end: number];

const file = path.join(import.meta.dirname, '..', 'app', 'demo', 'company', 'mentions.json');
const { world, reports, mentions: before } = await readCompany();
const mentions: typeof before = {};

/** Amounts count by their figure: what it was for is a matter of opinion. */
function isSame(a: unknown, b: unknown): boolean {
  const figure = (value: unknown) =>
    value && typeof value === 'object' && 'value' in value ? value.value : value;
  return figure(a) === figure(b);
}

for (const report of reports) {
  const { text } = transcriptOf(report);
  const { fields } = analyze({
    transcript: text,
    callDate: report.callDate,
    rep: report.rep,
    vocabulary: world,
  });
  const find = <T>(kind: string, values: readonly T[], found: readonly Suggested<T>[]): (Span | null)[] => {
    const left = [...found];
    return values.map((value, index) => {
      const at = left.findIndex((one) => isSame(one.value, value));
      const [one] = left.splice(at >= 0 ? at : left.length, 1);
      const kept = before[report.id]?.[kind]?.[index] ?? null;
      if (!one?.span && !kept) process.stdout.write(`${report.id} ${kind} ${JSON.stringify(value)}\n`);
      return one?.span ? [one.span.start, one.span.end] : kept;
    });
  };
  const { gold } = report;
  mentions[report.id] = {
    products: find('products', gold.products, fields.products),
    competitors: find('competitors', gold.competitors, fields.competitors),
    newCompetitors: find('newCompetitors', gold.newCompetitors, fields.newCompetitors),
    amounts: find('amounts', gold.amounts, fields.amounts),
    percents: find('percents', gold.percents, fields.percents),
  };
}
const rows = Object.entries(mentions).map(([id, one]) => `${JSON.stringify(id)}:${JSON.stringify(one)}`);
writeFileSync(file, `{${rows.join(',\n')}}\n`);
