/** Days as people say them. A day is `YYYY-MM-DD` and has no time zone; `today` is the listener's. */

export type SpokenLanguage = 'en' | 'es';

/** The language of the sentences around what was said: Spanish for es-US and the like, else English. */
export function spokenLanguageOf(language: string): SpokenLanguage {
  return language.toLowerCase().startsWith('es') ? 'es' : 'en';
}

/**
 * When something happened or is due, as an adverb: "yesterday", "last Tuesday", "on Friday", "on June third",
 * "el martes pasado", "el tres de junio". The year is said only when it is another one. Pure.
 */
export function sayDay(day: string, today: string, language: SpokenLanguage): string {
  const days = Math.round((toMs(day) - toMs(today)) / DAY_MS);
  const words = NEAR[language].get(days);
  if (words !== undefined) return words;
  const weekday = named(day, language, { weekday: 'long' });
  if (days >= -7 && days < 0) return language === 'es' ? `el ${weekday} pasado` : `last ${weekday}`;
  if (days > 0 && days < 7) return language === 'es' ? `el ${weekday}` : `on ${weekday}`;
  const month = named(day, language, { month: 'long' });
  const number = Number(day.slice(8));
  const year = day.slice(0, 4) === today.slice(0, 4) ? null : day.slice(0, 4);
  if (language === 'es') return `el ${cardinal(number)} de ${month}${year === null ? '' : ` de ${year}`}`;
  return `on ${month} ${ORDINALS[number - 1] ?? number}${year === null ? '' : `, ${year}`}`;
}

const DAY_MS = 24 * 3_600_000;

const NEAR: Record<SpokenLanguage, ReadonlyMap<number, string>> = {
  en: new Map([
    [-1, 'yesterday'],
    [0, 'today'],
    [1, 'tomorrow'],
  ]),
  es: new Map([
    [-1, 'ayer'],
    [0, 'hoy'],
    [1, 'mañana'],
  ]),
};

const ORDINALS = [
  ...['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'],
  ...['eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth'],
  ...['eighteenth', 'nineteenth', 'twentieth', 'twenty-first', 'twenty-second', 'twenty-third'],
  ...['twenty-fourth', 'twenty-fifth', 'twenty-sixth', 'twenty-seventh', 'twenty-eighth'],
  ...['twenty-ninth', 'thirtieth', 'thirty-first'],
];

/** Voices read "3 de junio" well, but for the first, which is an ordinal. */
function cardinal(day: number): string {
  return day === 1 ? 'primero' : String(day);
}

function named(day: string, language: SpokenLanguage, form: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', { ...form, timeZone: 'UTC' }).format(
    new Date(toMs(day)),
  );
}

function toMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
