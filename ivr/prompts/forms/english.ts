import { seeDay, seeTime } from './calendar.ts';
import { chooseByNumber, digitByDigit, readableName, splitDuration, type ValueForms } from './value-forms.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
/** Written out: some voices read "June 3" as "June three". */
const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
  'twentieth',
  'twenty-first',
  'twenty-second',
  'twenty-third',
  'twenty-fourth',
  'twenty-fifth',
  'twenty-sixth',
  'twenty-seventh',
  'twenty-eighth',
  'twenty-ninth',
  'thirtieth',
  'thirty-first',
];

export const english: ValueForms = {
  digits: digitByDigit,
  duration(value) {
    const { hours, minutes, seconds } = splitDuration(value);
    const parts = [
      ...(hours > 0 ? [`${hours} hour${hours === 1 ? '' : 's'}`] : []),
      ...(minutes > 0 ? [`${minutes} minute${minutes === 1 ? '' : 's'}`] : []),
      ...(seconds > 0 ? [`${seconds} second${seconds === 1 ? '' : 's'}`] : []),
    ];
    return parts.join(' and ');
  },
  count: (value, choices) => chooseByNumber('en-US', value, choices),
  date(value, moment) {
    const seen = seeDay(value, moment);
    if (seen === null) return value;
    const { daysFromToday, year, month, day, weekday, isYearClear } = seen;
    if (daysFromToday === 0) return 'today';
    if (daysFromToday === -1) return 'yesterday';
    if (daysFromToday === 1) return 'tomorrow';
    if (daysFromToday < 0 && daysFromToday > -7) return `last ${WEEKDAYS[weekday]}`;
    if (daysFromToday > 0 && daysFromToday < 7) return `on ${WEEKDAYS[weekday]}`;
    return `on ${MONTHS[month - 1]} ${ORDINALS[day - 1]}${isYearClear ? '' : `, ${year}`}`;
  },
  time(value, moment) {
    const seen = seeTime(value, moment);
    if (seen === null) return value;
    const { hour, minute } = seen;
    if (minute === 0 && hour === 0) return 'midnight';
    if (minute === 0 && hour === 12) return 'noon';
    const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
    return `${hour % 12 === 0 ? 12 : hour % 12}${minutes} ${hour < 12 ? 'AM' : 'PM'}`;
  },
  name: (value) => readableName(value, 'and'),
  section: (value) => value.split('.').join(' point '),
  key: (value) => (value === '#' ? 'pound' : value === '*' ? 'star' : value),
};
