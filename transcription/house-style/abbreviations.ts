/** Short words that end in a full stop within a sentence; what follows them begins none. */
const WITHIN = new Set(
  `e.g i.e etc vs dr mr mrs ms jr sr st ave no inc co corp ltd dept approx est min max misc fig vol a.m p.m u.s`.split(
    /\s+/,
  ),
);

/** Whether the text up to and with its last full stop ends a sentence, and not just an abbreviation or an initial. */
export function endsSentence(before: string): boolean {
  const end = /([^\s("'“‘]*?)([.?!]+)["')\]’”]*\s*$/u.exec(before.slice(-40));
  if (!end) return false;
  const [, word = '', stops = ''] = end;
  if (stops !== '.') return !/^\.{2,}$/.test(stops);
  const bare = word.toLowerCase();
  if (bare === '') return false;
  return !WITHIN.has(bare) && !/^\p{L}$/u.test(bare) && !/^\p{L}(\.\p{L})+$/u.test(bare);
}
