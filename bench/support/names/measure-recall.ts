import type { Term } from '../../../review-console/browser/workbench/text/sounds-like.ts';
import type { HardName } from './hard-names.ts';
import { misspell } from './misspell.ts';

export function termsOf(names: readonly HardName[]): Term[] {
  return names.map(({ name }) => ({ kind: 'account', name, aliases: [], note: '', own: false }));
}

export interface Recall {
  /** Misspelled names that were looked for. */
  count: number;
  /** Shares of them whose name came first, and was among the first five. */
  atOne: number;
  atFive: number;
  missed: string[];
}

/** Each name as it may be typed by ear, looked for in the middle of a sentence. */
export function measureRecall(
  names: readonly HardName[],
  find: (typed: string) => readonly string[],
): Recall {
  let count = 0;
  let first = 0;
  let five = 0;
  const missed: string[] = [];
  for (const { name, said } of names)
    for (const typed of misspell(said)) {
      const found = find(`spoke with the people at ${typed}`);
      count += 1;
      if (found[0] === name) first += 1;
      if (found.slice(0, 5).includes(name)) five += 1;
      else missed.push(`${typed} (${name})`);
    }
  return { count, atOne: first / count, atFive: five / count, missed };
}
