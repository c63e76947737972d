import type { CodeModel } from '../coding/code-model.ts';

const short = (row: number[]) => row.map((weight) => Math.round(weight * 100) / 100);

/** A model as its file holds it: a line for each feature, two digits, no zeros. */
export function toJson({ codes: names, features, transitions }: CodeModel): string {
  const lines = Object.entries(features)
    .map(([name, row]): [string, number[]] => [name, short(row)])
    .filter(([, row]) => row.some((weight) => weight !== 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, row]) => `    ${JSON.stringify(name)}: ${JSON.stringify(row)}`);
  const joints = Object.entries(transitions)
    .filter(([, rows]) => rows.some((row) => short(row).some((weight) => weight !== 0)))
    .map(([joint, rows]) => `    ${JSON.stringify(joint)}: ${JSON.stringify(rows.map(short))}`);
  return `{\n  "codes": ${JSON.stringify(names)},\n  "features": {\n${lines.join(',\n')}\n  },\n  "transitions": {\n${joints.join(',\n')}\n  }\n}`;
}
