import { describe, expect, it } from 'vitest';
import { correctionAt } from '../../../../review-console/browser/workbench/text/corrections.ts';
import { readSwitches, type TypingSwitch } from '../../../../transcription/expansions/typing-switches.ts';

const FORMS = [
  ['asap', 'as soon as possible'],
  ['kh', 'Koehler Hydraulics'],
  ['g&a', 'general and administrative'],
] as const;
const find = (shortForm: string) => {
  const found = FORMS.find(([form]) => form === shortForm);
  return found && { id: found[0], shortForm: found[0], text: found[1] };
};

/** Types a text letter by letter, as the workbench does; `off` are switches. */
function type(keys: string, off: readonly TypingSwitch[] = []): string {
  const switches = readSwitches({ typing: Object.fromEntries(off.map((key) => [key, false])) });
  let text = '';
  for (const key of keys) {
    text += key;
    const from = Math.max(0, text.length - 200);
    const correction = correctionAt(text.slice(from), key, { switches, find }, from === 0);
    if (!correction) continue;
    const at = from + correction.start;
    expect(text.slice(at, at + correction.removed.length)).toBe(correction.removed);
    text = text.slice(0, at) + correction.inserted + text.slice(at + correction.removed.length);
  }
  return text;
}

describe('while somebody types', () => {
  it.each([
    ['Call asap please', 'Call as soon as possible please'],
    ['Asap please', 'As soon as possible please'],
    ['asap, he said', 'As soon as possible, he said'],
    ['Send it asap.', 'Send it as soon as possible.'],
    ['Send it asap\nnow', 'Send it as soon as possible\nNow'],
    ['Send it (asap) now', 'Send it (as soon as possible) now'],
    ['They said ASAP and', 'They said ASAP and'],
    ['The asaparagus and', 'The asaparagus and'],
    ['A non-asap thing', 'A non-asap thing'],
    ["The asap's end", "The asap's end"],
    ['From kh today', 'From Koehler Hydraulics today'],
    ['Our g&a costs', 'Our general and administrative costs'],
    ['He said—asap please', 'He said—as soon as possible please'],
    ['We went  then we ate', 'We went. Then we ate'],
    ['It was 10%  so', 'It was 10%. So'],
    ['We went.  then', 'We went.  Then'],
    ['We went. then', 'We went. Then'],
    ['Really? yes! no', 'Really? Yes! No'],
    ['"we went" he said', '"We went" he said'],
    ['Use e.g. pumps', 'Use e.g. pumps'],
    ['Ask Dr. smith', 'Ask Dr. smith'],
    ['Wait... then', 'Wait... then'],
    ['It is 4.5 and v. small', 'It is 4.5 and v. small'],
    ['we went', 'We went'],
    ['One.\n\nthen two', 'One.\n\nThen two'],
    ['We went , then', 'We went, then'],
    ['Really  ?', 'Really. ?'],
    ['Really ?', 'Really?'],
    ['It is .5 of it', 'It is .5 of it'],
    ['He said--no', 'He said—no'],
    ['He said -- no', 'He said—no'],
    ['A well-kept thing', 'A well-kept thing'],
  ])('%j becomes %j', (keys, text) => {
    expect(type(keys)).toBe(text);
  });

  it.each([
    ['expansions', 'Call asap please'],
    ['fullStop', 'We went  then'],
    ['capitals', 'We went. then'],
    ['punctuation', 'We went , then'],
    ['dashes', 'He said--no'],
  ] as const)('without %s %j stays', (off, keys) => {
    expect(type(keys, [off])).toBe(keys);
  });
});
