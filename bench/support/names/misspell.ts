/**
 * How a name may be typed by somebody who only hears it: rules of English (and of Spanish heard by an English ear) that
 * each keep the sound. Deterministic: the same name always gives the same spellings.
 */
type Rule = readonly [pattern: RegExp, instead: string];

const RULES: readonly Rule[] = [
  [/^kn/, 'n'],
  [/^ph|ph/, 'f'],
  [/^ps/, 's'],
  [/^pf/, 'f'],
  [/^wr/, 'r'],
  [/^rh/, 'r'],
  [/^gu(?=[ei])/, 'g'],
  [/ck/, 'k'],
  [/eaux$/, 'o'],
  [/c(?=[eiy])/, 's'],
  [/c(?=[aou])/, 'k'],
  [/k(?=[aou])/, 'c'],
  [/ch(?=[rl])/, 'k'],
  [/tch/, 'ch'],
  [/qu/, 'kw'],
  [/(?<!eau)(?<!^)x/, 'ks'],
  [/^x/, 's'],
  [/z/, 's'],
  [/([a-z])\1/, '$1'],
  [/([aeiou])([bdlmnprst])([aeiou])/, '$1$2$2$3'],
  [/ie/, 'ee'],
  [/ei/, 'ie'],
  [/ea/, 'ee'],
  [/ee/, 'ea'],
  [/ai/, 'ay'],
  [/oe/, 'o'],
  [/ou/, 'ow'],
  [/au/, 'aw'],
  [/oo/, 'u'],
  [/y/, 'i'],
  [/i(?=[a-z])/, 'y'],
  [/e$/, ''],
  [/er$/, 'ar'],
  [/or$/, 'er'],
  [/sen$/, 'son'],
  [/son$/, 'sen'],
  [/mann$/, 'man'],
  [/dt$/, 't'],
  [/gh/, ''],
  [/^h(?=[aeou])/, ''],
  [/j/, 'h'],
  [/ll/, 'y'],
  [/ñ/, 'ny'],
  [/gua/, 'wa'],
  [/v/, 'b'],
  [/tion/, 'shun'],
  [/sch/, 'sh'],
];

/** Every spelling of a word that one rule gives, then those that two rules give one after another. */
function spellingsOf(word: string): string[] {
  const plain = word.normalize('NFC').toLowerCase();
  const once = RULES.map(([pattern, instead]) => plain.replace(pattern, instead));
  const twice = once.flatMap((spelled, index) =>
    spelled === plain
      ? []
      : RULES.slice(index + 1, index + 6).map(([pattern, instead]) => spelled.replace(pattern, instead)),
  );
  const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '');
  return [...new Set([...once, ...twice].map(fold))].filter(
    (spelled) => spelled !== fold(plain) && spelled.length >= 3,
  );
}

/**
 * Up to `most` ways in which a name may be typed by ear. `said`: which of its words tell it from others, in order; they
 * are typed alone and with the one behind.
 */
export function misspell(said: readonly string[], most = 8): string[] {
  const [first = '', second = ''] = said;
  const ones = spellingsOf(first);
  const seconds = second.length > 3 ? spellingsOf(second) : [];
  const twos = seconds.map(
    (spelled, index) => `${ones[index % Math.max(1, ones.length)] ?? first} ${spelled}`,
  );
  const all = [...ones, ...twos];
  // Spread over the rules, not the first few of them.
  const step = Math.max(1, Math.floor(all.length / most));
  return all.filter((_, index) => index % step === 0).slice(0, most);
}
