import { alignWords, type Edit } from './align-words.ts';
import type { Word } from './normalize-words.ts';

/** A run of words that is not the same in two texts; from and to are positions of words, `to` exclusive. */
export interface Difference {
  first: { from: number; to: number };
  second: { from: number; to: number };
}

/**
 * Where two typings differ, in order. What is written as one word is not taken apart, and words that were each
 * replaced by a similar one are differences of their own, so that each can be judged for itself; a run in which words
 * are missing or added ("in voice", "invoice") stays together.
 */
export function findDifferences(first: readonly Word[], second: readonly Word[]): Difference[] {
  const { edits } = alignWords(
    first.map(({ key }) => key),
    second.map(({ key }) => key),
  );
  const differs = edits.map(({ kind }) => kind !== 'same');
  spreadOverGroups(edits, differs, first, second);
  const runs: Difference[] = [];
  for (let at = 0; at < edits.length; ) {
    if (!differs[at]) {
      at += 1;
      continue;
    }
    let to = at;
    while (to < edits.length && differs[to]) to += 1;
    runs.push(...splitRun(edits.slice(at, to), first, second));
    at = to;
  }
  return runs;
}

/** Steps that touch a group of words differ all, or none. */
function spreadOverGroups(
  edits: readonly Edit[],
  differs: boolean[],
  first: readonly Word[],
  second: readonly Word[],
): void {
  // A word added in the middle of a group touches it as well.
  const groupAt = (words: readonly Word[], at: number, isStep: boolean) =>
    isStep || words[at - 1]?.group === words[at]?.group ? words[at]?.group : undefined;
  const groupsOf = ({ kind, first: i, second: j }: Edit) => {
    const [a, b] = [groupAt(first, i, kind !== 'insert'), groupAt(second, j, kind !== 'delete')];
    return [...(a === undefined ? [] : [`first ${a}`]), ...(b === undefined ? [] : [`second ${b}`])];
  };
  const members = new Map<string, number[]>();
  for (const [at, edit] of edits.entries())
    for (const group of groupsOf(edit)) {
      const list = members.get(group);
      if (list) list.push(at);
      else members.set(group, [at]);
    }
  const reached = edits.flatMap((_, at) => (differs[at] ? [at] : []));
  for (let at = reached.pop(); at !== undefined; at = reached.pop()) {
    const edit = edits[at];
    for (const group of edit ? groupsOf(edit) : [])
      for (const other of members.get(group) ?? []) {
        if (differs[other]) continue;
        differs[other] = true;
        reached.push(other);
      }
  }
}

function splitRun(run: readonly Edit[], first: readonly Word[], second: readonly Word[]): Difference[] {
  const isPair = ({ kind, first: i, second: j }: Edit) =>
    kind === 'substitute' &&
    isAlone(first, i) &&
    isAlone(second, j) &&
    areSimilar(first[i]?.key ?? '', second[j]?.key ?? '');
  if (run.length > 1 && run.every(isPair))
    return run.map(({ first: i, second: j }) => ({
      first: { from: i, to: i + 1 },
      second: { from: j, to: j + 1 },
    }));
  const [begin] = run;
  const used = (kind: Edit['kind']) => run.filter((edit) => edit.kind !== kind).length;
  const from = { first: begin?.first ?? 0, second: begin?.second ?? 0 };
  return [
    {
      first: { from: from.first, to: from.first + used('insert') },
      second: { from: from.second, to: from.second + used('delete') },
    },
  ];
}

function isAlone(words: readonly Word[], at: number): boolean {
  const group = words[at]?.group;
  return words[at - 1]?.group !== group && words[at + 1]?.group !== group;
}

/** More than half of the letters are the same, in order. */
function areSimilar(a: string, b: string): boolean {
  const { distance } = alignWords([...a], [...b]);
  return distance * 2 < Math.max(a.length, b.length);
}
