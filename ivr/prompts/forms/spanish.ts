import { seeDay, seeTime } from './calendar.ts';
import { chooseByNumber, digitByDigit, readableName, splitDuration, type ValueForms } from './value-forms.ts';

const WEEKDAYS = ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'];
const MONTHS = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];

/** Voices read "1 minuto" as "uno minuto"; one of something is written out, other numbers agree with nothing. */
function some(number: number, one: string, many: string): string {
  return number === 1 ? one : `${number} ${many}`;
}

export const spanish: ValueForms = {
  digits: digitByDigit,
  duration(value) {
    const { hours, minutes, seconds } = splitDuration(value);
    const parts = [
      ...(hours > 0 ? [some(hours, 'una hora', 'horas')] : []),
      ...(minutes > 0 ? [some(minutes, 'un minuto', 'minutos')] : []),
      ...(seconds > 0 ? [some(seconds, 'un segundo', 'segundos')] : []),
    ];
    return parts.join(' y ');
  },
  count: (value, choices) => chooseByNumber('es-US', value, choices),
  date(value, moment) {
    const seen = seeDay(value, moment);
    if (seen === null) return value;
    const { daysFromToday, year, month, day, weekday, isYearClear } = seen;
    if (daysFromToday === 0) return 'hoy';
    if (daysFromToday === -1) return 'ayer';
    if (daysFromToday === 1) return 'mañana';
    if (daysFromToday < 0 && daysFromToday > -7) return `el ${WEEKDAYS[weekday]} pasado`;
    if (daysFromToday > 0 && daysFromToday < 7) return `este ${WEEKDAYS[weekday]}`;
    return `el ${day === 1 ? 'primero' : day} de ${MONTHS[month - 1]}${isYearClear ? '' : ` de ${year}`}`;
  },
  /** With its article, so that a text says "a {at:time}": a la 1 de la tarde, a las 3:30 de la tarde. */
  time(value, moment) {
    const seen = seeTime(value, moment);
    if (seen === null) return value;
    const { hour, minute } = seen;
    if (minute === 0 && hour === 0) return 'la medianoche';
    if (minute === 0 && hour === 12) return 'las 12 del mediodía';
    const spokenHour = hour % 12 === 0 ? 12 : hour % 12;
    const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
    return `${spokenHour === 1 ? 'la' : 'las'} ${spokenHour}${minutes} ${partOfDay(hour)}`;
  },
  name: (value) => readableName(value, 'y'),
  section: (value) => value.split('.').join(' punto '),
  key: (value) => (value === '#' ? 'numeral' : value === '*' ? 'asterisco' : value === '0' ? 'cero' : value),
};

function partOfDay(hour: number): string {
  if (hour < 5) return 'de la madrugada';
  if (hour < 12) return 'de la mañana';
  return hour < 19 ? 'de la tarde' : 'de la noche';
}
