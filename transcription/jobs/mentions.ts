/**
 * Ids of those whose name or alias stands in the text as whole words, whatever its case; a leading "the" of an
 * alias may be missing.
 */
export function mentionsOf(
  text: string,
  known: readonly { id: string; name: string; aliases: readonly string[] }[],
): Set<string> {
  const words = ` ${normalize(text)} `;
  const found = new Set<string>();
  if (words.trim() === '') return found;
  for (const { id, name, aliases } of known) {
    if ([name, ...aliases].some((label) => stands(words, label))) found.add(id);
  }
  return found;
}

function stands(words: string, label: string): boolean {
  const wanted = normalize(label).replace(/^the /, '');
  return wanted.length > 2 && words.includes(` ${wanted} `);
}

function normalize(text: string): string {
  return text
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
