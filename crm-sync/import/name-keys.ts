/** What two spellings of a name have in common: not its accents, capitals, points and spaces. */
export function letters(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Words that say what sort of firm it is and not which. */
const FORMS = new Set(
  'the and co company corp corporation inc incorporated llc llp lp ltd limited plc gmbh ag kg sa sas srl bv nv ab oy as'.split(
    ' ',
  ),
);

/** A firm's name without its legal form, articles and "and"; all of it, if nothing else is in it. */
export function coreLetters(name: string): string {
  const words = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\p{M}.'’]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const core = words.filter((word) => !FORMS.has(word));
  return (core.length > 0 ? core : words).join('');
}

/** Whether both may be one person: the same last name, and first names that begin alike. */
export function mayBeOnePerson(one: string, other: string): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.length < 2 || b.length < 2) return false;
  return a.at(-1) === b.at(-1) && a[0]?.[0] === b[0]?.[0];
}

function wordsOf(name: string): string[] {
  return name
    .split(/\s+/)
    .map(letters)
    .filter((word) => word !== '');
}
