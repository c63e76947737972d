import type { DraftCode, DraftContent } from './draft-content.ts';

/** One thing in which the draft differs from the version in force. */
export type CodebookChange =
  | { kind: 'added'; key: string; label: string }
  | { kind: 'retired'; key: string; label: string }
  | { kind: 'merged'; key: string; label: string; into: string; intoLabel: string }
  | { kind: 'renamed'; key: string; label: string; before: string }
  | { kind: 'redefined'; key: string; label: string; before: string; after: string }
  | { kind: 'moved'; key: string; label: string; before: string | null; after: string | null }
  | { kind: 'cues'; key: string; label: string; added: string[]; removed: string[] }
  | { kind: 'examples'; key: string; label: string; added: number; removed: number };

/** What the draft changes, in the order of the draft, what is gone first. Pure. */
export function diffCodebooks(
  inForce: readonly DraftCode[],
  { codes, merges }: DraftContent,
): CodebookChange[] {
  const before = new Map(inForce.map((code) => [code.key, code]));
  const after = new Map(codes.map((code) => [code.key, code]));
  const labelOf = (key: string | null) =>
    key === null ? null : (after.get(key)?.label ?? before.get(key)?.label ?? key);
  const changes: CodebookChange[] = [];
  for (const { key, label } of inForce) {
    if (after.has(key)) continue;
    const into = merges.find(({ from }) => from === key)?.into;
    changes.push(
      into === undefined
        ? { kind: 'retired', key, label }
        : { kind: 'merged', key, label, into, intoLabel: labelOf(into) ?? into },
    );
  }
  for (const code of codes) {
    const old = before.get(code.key);
    const { key, label } = code;
    if (!old) {
      changes.push({ kind: 'added', key, label });
      continue;
    }
    if (old.label !== label) changes.push({ kind: 'renamed', key, label, before: old.label });
    if (old.definition !== code.definition)
      changes.push({ kind: 'redefined', key, label, before: old.definition, after: code.definition });
    if (old.parentKey !== code.parentKey)
      changes.push({
        kind: 'moved',
        key,
        label,
        before: labelOf(old.parentKey),
        after: labelOf(code.parentKey),
      });
    const cues = compared(old.cues, code.cues);
    if (cues.added.length + cues.removed.length > 0) changes.push({ kind: 'cues', key, label, ...cues });
    const examples = compared(
      [...old.examples, ...old.exampleUnitIds],
      [...code.examples, ...code.exampleUnitIds],
    );
    if (examples.added.length + examples.removed.length > 0)
      changes.push({
        kind: 'examples',
        key,
        label,
        added: examples.added.length,
        removed: examples.removed.length,
      });
  }
  return changes;
}

function compared(
  before: readonly string[],
  after: readonly string[],
): { added: string[]; removed: string[] } {
  return {
    added: after.filter((each) => !before.includes(each)),
    removed: before.filter((each) => !after.includes(each)),
  };
}
