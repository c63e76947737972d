/** A stretch of speech, or a pause in it. `keys`: it names just these keys or digits, which may be recorded. */
export type Fragment = { text: string; keys?: readonly string[] } | { pauseMs: number };

/** When and where the caller listens: "yesterday" depends on both. */
export interface Moment {
  now: Date;
  /** IANA name. */
  timeZone: string;
}

/** How one language speaks a value. None of them throws: what it can't read it speaks as it is. Pure. */
export interface ValueForms {
  /** Digit by digit in small groups, so that one can write along. */
  digits(value: string): Fragment[];
  /** Seconds. */
  duration(value: number): string;
  /** A number; with choices the one that fits it, `#` standing for the number. */
  count(value: number, choices: readonly string[]): string;
  /** A day (`2026-06-03`) or a moment in ISO form, as one says it: "last Tuesday", "on June third". */
  date(value: string, moment: Moment): string;
  /** A moment in ISO form, as the time of day there. */
  time(value: string, moment: Moment): string;
  /** Of a person or a company. */
  name(value: string): string;
  /** The number of a section: "1.2". */
  section(value: string): string;
  /** One of a phone. */
  key(value: string): string;
}

export type FormName = keyof ValueForms;

/** Between two groups of digits: time to write the group down. */
const GROUP_PAUSE_MS = 350;

export const FORM_NAMES: ReadonlySet<string> = new Set<FormName>([
  'digits',
  'duration',
  'count',
  'date',
  'time',
  'name',
  'section',
  'key',
]);

/** Digits and letters one by one: commas make voices part them, a pause parts groups of two and three. */
export function digitByDigit(value: string): Fragment[] {
  const characters = value.match(/[\p{L}\p{N}]/gu) ?? [];
  const groups = inGroups(characters);
  return groups.flatMap((group, at): Fragment[] => {
    const text = group.join(', ');
    return at === groups.length - 1
      ? [{ text, keys: group }]
      : [{ text: `${text}, `, keys: group }, { pauseMs: GROUP_PAUSE_MS }];
  });
}

/** Threes; no digit is left alone, and four stay together. */
function inGroups(characters: readonly string[]): string[][] {
  if (characters.length <= 4) return characters.length === 0 ? [] : [[...characters]];
  const groups: string[][] = [];
  for (let at = 0; at < characters.length; ) {
    const left = characters.length - at;
    const size = left === 4 || left === 2 ? 2 : Math.min(3, left);
    groups.push(characters.slice(at, at + size));
    at += size;
  }
  return groups;
}

/** The choice that fits the number, `#` replaced by it as the language writes it. */
export function chooseByNumber(language: string, value: number, choices: readonly string[]): string {
  const spoken = new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
  if (choices.length === 0) return spoken;
  const isOne = new Intl.PluralRules(language).select(value) === 'one';
  const choice = (isOne ? choices[0] : choices.at(-1)) ?? '';
  return choice.replaceAll('#', spoken);
}

export interface Duration {
  hours: number;
  minutes: number;
  seconds: number;
}

/** Seconds as people count them: at least one, from ten minutes on without seconds. */
export function splitDuration(value: number): Duration {
  const whole = Math.max(1, Math.round(Number.isFinite(value) ? value : 0));
  const rounded = whole >= 600 ? Math.round(whole / 60) * 60 : whole;
  return {
    hours: Math.floor(rounded / 3600),
    minutes: Math.floor((rounded % 3600) / 60),
    seconds: rounded % 60,
  };
}

/** Names are written for the eye: signs that voices spell out or stumble over are taken out. */
export function readableName(value: string, and: string): string {
  return (
    value
      .replace(/\s*&\s*/g, ` ${and} `)
      .replace(/[_/\\|*#<>"()[\]{}]+/g, ' ')
      // Five capitals and more are a name written large; fewer are initials.
      .replace(/\p{Lu}{5,}/gu, (word) => word.charAt(0) + word.slice(1).toLowerCase())
      .replace(/\s+/g, ' ')
      .trim()
  );
}
