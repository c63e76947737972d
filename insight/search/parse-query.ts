import { addDays } from '../today/days.ts';

export const FILTER_KEYS = ['code', 'rep', 'person', 'product', 'competitor', 'customer', 'region'] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];

/** `code:pricing,competitor` has two values, either of which will do; `-code:pricing` is negated. */
export interface Filter {
  key: FilterKey;
  values: string[];
  negated: boolean;
}

export interface ParsedQuery {
  /** Words, "phrases", `or` and `-excluded` words, as PostgreSQL's websearch_to_tsquery reads them. */
  words: string;
  /** All must hold. */
  filters: Filter[];
  /** First day, included. */
  from: string | null;
  /** First day that is not included any more. */
  until: string | null;
  /** What could not be understood, a sentence each; it is left out of the search. */
  problems: string[];
}

/** `key:value`, `key:"a value"`, `-key:…`, a "phrase", or a word; a value may hold several, parted by commas. */
const TOKEN = /(-?)([A-Za-z]+):((?:"[^"]*"?|[^\s,"]+)(?:,(?:"[^"]*"?|[^\s,"]+))*)|-?"[^"]*"?|\S+/g;

const DATE_KEYS = ['after', 'before', 'on'];

/**
 * Reads what somebody typed into the search box. Pure; `today` (`YYYY-MM-DD`) is what `after:30d` is reckoned from.
 * `after:` includes its day, `before:` does not.
 */
export function parseQuery(typed: string, today: string): ParsedQuery {
  const parsed: ParsedQuery = { words: '', filters: [], from: null, until: null, problems: [] };
  const words: string[] = [];
  for (const token of typed.matchAll(TOKEN)) {
    const [whole, minus = '', rawKey, rawValue] = token;
    const key = rawKey?.toLowerCase();
    if (key === undefined || rawValue === undefined) {
      words.push(whole);
    } else if (DATE_KEYS.includes(key)) {
      addDate(parsed, key, unquote(rawValue), today);
    } else {
      const filterKey = FILTER_KEYS.find((each) => each === key);
      const values = splitValues(rawValue);
      if (filterKey === undefined) words.push(whole);
      else if (values.length > 0) parsed.filters.push({ key: filterKey, values, negated: minus === '-' });
    }
  }
  parsed.words = words.join(' ');
  return parsed;
}

function splitValues(raw: string): string[] {
  return [...raw.matchAll(/"([^"]*)"?|[^,"]+/g)]
    .map(([whole, quoted]) => (quoted ?? whole).trim())
    .filter(Boolean);
}

function unquote(raw: string): string {
  return raw.replaceAll('"', '').trim();
}

function addDate(parsed: ParsedQuery, key: string, text: string, today: string): void {
  const days = daysNamed(text, today);
  if (days === null) {
    parsed.problems.push(
      `“${key}:${text}” is no date; write a day like ${key}:${today}, a month like ${key}:${today.slice(0, 7)}, or ${key}:30d.`,
    );
    return;
  }
  if (key === 'after' || key === 'on') parsed.from = later(parsed.from, days.from);
  if (key === 'before') parsed.until = earlier(parsed.until, days.from);
  if (key === 'on') parsed.until = earlier(parsed.until, days.until);
}

/** A day, a month, a year, or so many days (`7d`), weeks (`4w`) or months of 30 days (`3m`) back from today. */
function daysNamed(text: string, today: string): { from: string; until: string } | null {
  const back = /^(\d{1,4})([dwm])$/i.exec(text);
  if (back) {
    const factor = { d: 1, w: 7, m: 30 }[back[2]?.toLowerCase() ?? ''] ?? 1;
    const from = addDays(today, -Number(back[1]) * factor);
    return { from, until: addDays(today, 1) };
  }
  const [year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text)?.slice(1) ?? [];
  if (year === undefined) return null;
  const from = `${year}-${month ?? '01'}-${day ?? '01'}`;
  const start = new Date(`${from}T00:00:00Z`);
  if (Number.isNaN(start.getTime()) || !start.toISOString().startsWith(from)) return null;
  if (day !== undefined) return { from, until: addDays(from, 1) };
  const next = new Date(start);
  if (month === undefined) next.setUTCFullYear(next.getUTCFullYear() + 1);
  else next.setUTCMonth(next.getUTCMonth() + 1);
  return { from, until: next.toISOString().slice(0, 10) };
}

function later(a: string | null, b: string): string {
  return a !== null && a > b ? a : b;
}

function earlier(a: string | null, b: string): string {
  return a !== null && a < b ? a : b;
}
