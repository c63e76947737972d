import { describe, expect, test } from 'vitest';
import { sayDay, spokenLanguageOf } from '../../../transcription/briefing/say-day.ts';

/** A Wednesday. */
const TODAY = '2026-11-18';

describe('days as people say them', () => {
  test.each([
    ['2026-11-18', 'today', 'hoy'],
    ['2026-11-17', 'yesterday', 'ayer'],
    ['2026-11-19', 'tomorrow', 'mañana'],
    ['2026-11-16', 'last Monday', 'el lunes pasado'],
    ['2026-11-11', 'last Wednesday', 'el miércoles pasado'],
    ['2026-11-10', 'on November tenth', 'el 10 de noviembre'],
    ['2026-11-20', 'on Friday', 'el viernes'],
    ['2026-11-24', 'on Tuesday', 'el martes'],
    ['2026-11-25', 'on November twenty-fifth', 'el 25 de noviembre'],
    ['2026-06-03', 'on June third', 'el 3 de junio'],
    ['2026-05-01', 'on May first', 'el primero de mayo'],
    ['2025-12-31', 'on December thirty-first, 2025', 'el 31 de diciembre de 2025'],
    ['2027-01-12', 'on January twelfth, 2027', 'el 12 de enero de 2027'],
  ])('%s', (day, english, spanish) => {
    expect(sayDay(day, TODAY, 'en')).toBe(english);
    expect(sayDay(day, TODAY, 'es')).toBe(spanish);
  });
  test.each([
    ['en-US', 'en'],
    ['es-US', 'es'],
    ['es', 'es'],
    ['fr-CA', 'en'],
  ])('%s is spoken around in %s', (language, spoken) => {
    expect(spokenLanguageOf(language)).toBe(spoken);
  });
});
