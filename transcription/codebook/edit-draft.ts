import { type DraftCode, type DraftContent, keyOfLabel } from './draft-content.ts';

export type Edited = { ok: true; content: DraftContent } | { ok: false; fault: string };

/** One change of the draft. Keys never change: units name codes by them. */
export type DraftEdit =
  | { kind: 'add'; label: string; definition: string; parentKey: string | null }
  | { kind: 'change'; key: string; change: Partial<Omit<DraftCode, 'key' | 'parentKey'>> }
  | { kind: 'move'; key: string; parentKey: string | null }
  | { kind: 'order'; key: string; by: 1 | -1 }
  | { kind: 'merge'; key: string; into: string }
  | { kind: 'retire'; key: string }
  | { kind: 'restore'; code: DraftCode };

const fault = (words: string): Edited => ({ ok: false, fault: words });

/** Applies a change, or says in words why it can't be. Pure. */
export function editDraft(content: DraftContent, edit: DraftEdit): Edited {
  const { codes, merges } = content;
  const found = codes.find((code) => 'key' in edit && code.key === edit.key);
  if (edit.kind === 'add') {
    const key = keyOfLabel(edit.label);
    if (key === '') return fault('A label needs letters or digits.');
    if (codes.some((code) => code.key === key) || merges.some(({ from }) => from === key))
      return fault(`There is a code “${key}” already. Choose another label.`);
    if (edit.parentKey !== null && !codes.some((code) => code.key === edit.parentKey))
      return fault('The code above it is not in this draft.');
    const { label, definition, parentKey } = edit;
    const made = { key, label, definition, parentKey, cues: [], examples: [], exampleUnitIds: [] };
    return { ok: true, content: { merges, codes: [...codes, made] } };
  }
  if (edit.kind === 'restore') {
    if (codes.some((code) => code.key === edit.code.key)) return fault('It is in the draft already.');
    const hasParent = codes.some((code) => code.key === edit.code.parentKey);
    return {
      ok: true,
      content: {
        codes: [...codes, { ...edit.code, parentKey: hasParent ? edit.code.parentKey : null }],
        merges: merges.filter(({ from }) => from !== edit.code.key),
      },
    };
  }
  if (!found) return fault('This code is not in the draft any more.');
  const replaced = (next: DraftCode): Edited => ({
    ok: true,
    content: { merges, codes: codes.map((code) => (code === found ? next : code)) },
  });
  switch (edit.kind) {
    case 'change':
      return replaced({ ...found, ...edit.change });
    case 'move':
      if (edit.parentKey !== null && below(codes, found.key).has(edit.parentKey))
        return fault('A code can not stand below itself.');
      if (edit.parentKey !== null && !codes.some((code) => code.key === edit.parentKey))
        return fault('The code above it is not in this draft.');
      return replaced({ ...found, parentKey: edit.parentKey });
    case 'order':
      return { ok: true, content: { merges, codes: swapped(codes, found, edit.by) } };
    case 'merge':
      if (edit.into === found.key) return fault('A code can not be merged into itself.');
      if (!codes.some((code) => code.key === edit.into))
        return fault('The code to merge into is not in this draft.');
      return {
        ok: true,
        content: {
          codes: without(codes, found),
          // What was merged into it goes along.
          merges: [
            ...merges.map((merge) => (merge.into === found.key ? { ...merge, into: edit.into } : merge)),
            { from: found.key, into: edit.into },
          ],
        },
      };
    case 'retire':
      if (codes.length === 1) return fault('A codebook needs a code.');
      return {
        ok: true,
        content: { codes: without(codes, found), merges: merges.filter(({ into }) => into !== found.key) },
      };
  }
}

/** The key and those of all codes below it. */
function below(codes: readonly DraftCode[], key: string): Set<string> {
  const keys = new Set([key]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const code of codes)
      if (code.parentKey !== null && keys.has(code.parentKey) && !keys.has(code.key)) {
        keys.add(code.key);
        grown = true;
      }
  }
  return keys;
}

/** Without a code; those below it move up to where it stood. */
function without(codes: readonly DraftCode[], gone: DraftCode): DraftCode[] {
  return codes.flatMap((code) => {
    if (code === gone) return [];
    return [code.parentKey === gone.key ? { ...code, parentKey: gone.parentKey } : code];
  });
}

/** Changes places with the next code that stands under the same one. */
function swapped(codes: readonly DraftCode[], code: DraftCode, by: 1 | -1): DraftCode[] {
  const siblings = codes.filter(({ parentKey }) => parentKey === code.parentKey);
  const other = siblings[siblings.indexOf(code) + by];
  if (!other) return [...codes];
  return codes.map((each) => (each === code ? other : each === other ? code : each));
}

/** Codes as a tree in order, each with its depth. A parent that is missing counts as none. Pure. */
export function asTree<T extends { key: string; parentKey: string | null }>(
  codes: readonly T[],
): (T & { depth: number })[] {
  const keys = new Set(codes.map(({ key }) => key));
  const seen = new Set<string>();
  const under = (parent: string | null, depth: number): (T & { depth: number })[] =>
    codes
      .filter(({ parentKey }) => (parentKey !== null && keys.has(parentKey) ? parentKey : null) === parent)
      .flatMap((code) => {
        if (seen.has(code.key)) return [];
        seen.add(code.key);
        return [{ ...code, depth }, ...under(code.key, depth + 1)];
      });
  return under(null, 0);
}
