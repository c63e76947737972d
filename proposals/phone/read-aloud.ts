/** Where a text may be cut so that it sounds whole: after a paragraph, a sentence, or at the worst a word. */
const CUTS = [/\n\s*\n/g, /[.!?…]["”')\]]*\s+/g, /\s+/g];

/**
 * Cuts a text into pieces of at most `longest` characters that can be spoken one by one. Nothing is lost but the
 * white space between them.
 */
export function cutForSpeech(text: string, longest: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > longest) {
    const at = cutAt(rest, longest);
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

function cutAt(text: string, longest: number): number {
  for (const cut of CUTS) {
    let at = 0;
    for (const match of text.matchAll(cut)) {
      const end = match.index + match[0].length;
      if (match.index > longest) break;
      if (match[0].trimEnd().length + match.index <= longest) at = end;
    }
    // A piece that is hardly more than nothing would be a stutter.
    if (at > longest / 4) return at;
  }
  return longest;
}
