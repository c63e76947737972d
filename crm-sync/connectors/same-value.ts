import type { CrmFieldValue } from './connector.ts';

/** Nothing there: null, blank text, an empty list. */
export function isEmpty(value: CrmFieldValue | undefined): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'number') return false;
  return typeof value === 'string' ? value.trim() === '' : value.length === 0;
}

/**
 * Whether a person would call both the same. CRMs trim text, change line ends and reorder lists; a difference in
 * that alone is nobody's change.
 */
export function sameValue(a: CrmFieldValue | undefined, b: CrmFieldValue | undefined): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  return canonical(a ?? null) === canonical(b ?? null);
}

function canonical(value: CrmFieldValue): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return tidyText(value);
  return JSON.stringify(value?.map(tidyText).sort() ?? null);
}

function tidyText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}
