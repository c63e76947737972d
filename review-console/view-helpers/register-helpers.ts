import type Handlebars from 'handlebars';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { quoted } from '../search/tally.ts';
import { audioLength, count, percent, plural, span } from './amounts.ts';
import { calendarDay, type DateLike, dateTime, longDate, shortDate, toDate, weekdayDate } from './dates.ts';

/** What every page's data holds, and helpers read from `@root`. */
interface Root {
  now?: Date;
  viewer?: { timeZone?: string } | null;
}

function reader(options: Handlebars.HelperOptions): { zone: string; now: Date } {
  const root = options.data?.root as Root | undefined;
  return { zone: root?.viewer?.timeZone ?? 'UTC', now: root?.now ?? new Date() };
}

/**
 * Teaches a Handlebars instance the words that views use. Dates are shown in the reader's time zone
 * (`@root.viewer.timeZone`), relative words against `@root.now`.
 * No helper returns ready HTML: everything that a view shows is escaped.
 */
export function registerHelpers(handlebars: typeof Handlebars): void {
  registerDates(handlebars);

  handlebars.registerHelper('count', (value: unknown) => count(value));
  handlebars.registerHelper('plural', (value: unknown, one: string, many: unknown) =>
    plural(value, one, typeof many === 'string' ? many : undefined),
  );
  handlebars.registerHelper('percent', (value: unknown) => percent(value));
  handlebars.registerHelper('audioLength', (seconds: unknown) => audioLength(seconds));
  handlebars.registerHelper('span', (milliseconds: unknown) => span(milliseconds));

  // E.164 as people write it: "+1 800 555 0100".
  handlebars.registerHelper('phone', (number: unknown) =>
    typeof number === 'string' ? (parsePhoneNumberFromString(number)?.formatInternational() ?? number) : '',
  );
  handlebars.registerHelper('eq', (a: unknown, b: unknown) => a === b);
  handlebars.registerHelper('or', (...args: unknown[]) => args.slice(0, -1).find(Boolean) ?? false);
  handlebars.registerHelper('and', (...args: unknown[]) => args.slice(0, -1).every(Boolean));
  handlebars.registerHelper('join', (list: unknown, separator: unknown) =>
    Array.isArray(list) ? list.join(typeof separator === 'string' ? separator : ', ') : '',
  );
  handlebars.registerHelper('includes', (list: unknown, item: unknown) =>
    Array.isArray(list) ? list.includes(item) : false,
  );
  // What a person marks as wrong: "Amounts: $2,800 (price)".
  handlebars.registerHelper('flagSubject', (label: unknown, display: unknown) => `${label}: ${display}`);
  // A search within one customer: "customer:a16 competitor:k09".
  handlebars.registerHelper(
    'customerSearch',
    (customer: unknown, filter: unknown, key: unknown) =>
      `customer:${customer} ${filter}:${quoted(String(key))}`,
  );
  handlebars.registerHelper('encode', (value: unknown) => encodeURIComponent(String(value ?? '')));
}

function registerDates(handlebars: typeof Handlebars): void {
  handlebars.registerHelper('shortDate', (value: DateLike, options: Handlebars.HelperOptions) => {
    const { zone, now } = reader(options);
    return shortDate(value, zone, now);
  });
  handlebars.registerHelper('weekdayDate', (value: DateLike, options: Handlebars.HelperOptions) => {
    const { zone, now } = reader(options);
    return weekdayDate(value, zone, now);
  });
  handlebars.registerHelper('longDate', (value: DateLike, options: Handlebars.HelperOptions) =>
    longDate(value, reader(options).zone),
  );
  handlebars.registerHelper('dateTime', (value: DateLike, options: Handlebars.HelperOptions) => {
    const { zone, now } = reader(options);
    return dateTime(value, zone, now);
  });
  // For columns of type date, which have no time zone.
  handlebars.registerHelper('calendarDay', (value: DateLike, options: Handlebars.HelperOptions) => {
    const { zone, now } = reader(options);
    return calendarDay(value, now, zone);
  });
  // For <time datetime="">.
  handlebars.registerHelper('iso', (value: DateLike) => toDate(value)?.toISOString() ?? '');
}
