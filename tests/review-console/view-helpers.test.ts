import { describe, expect, test } from 'vitest';
import { describeAction } from '../../review-console/audit-log/describe-action.ts';
import { showName, showValue } from '../../review-console/crm/show-value.ts';
import { locksOut } from '../../review-console/people/person-form.ts';
import { localPath } from '../../review-console/render/local-path.ts';
import { toPager } from '../../review-console/render/paging.ts';
import { syncBadge } from '../../review-console/report/sync-badge.ts';
import { toParagraphs } from '../../review-console/report/to-paragraphs.ts';
import { tally } from '../../review-console/search/tally.ts';
import { weekChart } from '../../review-console/search/week-chart.ts';
import { codeBar } from '../../review-console/today/code-bar.ts';
import { audioLength, percent, plural, span } from '../../review-console/view-helpers/amounts.ts';
import { calendarDay, dateTime, longDate, shortDate } from '../../review-console/view-helpers/dates.ts';
import { readCsv } from '../../review-console/vocabulary/read-csv.ts';

const CHICAGO = 'America/Chicago';
const now = new Date('2026-11-18T20:00:00Z');

describe('dates in the reader’s time zone', () => {
  test.each([
    ['2026-11-18T18:05:00Z', CHICAGO, 'today, 12:05 PM'],
    ['2026-11-18T03:00:00Z', CHICAGO, 'yesterday, 9:00 PM'],
    ['2026-11-18T03:00:00Z', 'Europe/Berlin', 'today, 4:00 AM'],
    ['2026-11-19T18:05:00Z', CHICAGO, 'tomorrow, 12:05 PM'],
    ['2026-03-08T08:30:00Z', CHICAGO, 'Mar 8, 3:30 AM'],
    ['2025-12-31T18:00:00Z', CHICAGO, 'Dec 31, 2025, 12:00 PM'],
    ['2026-11-18T18:05:00Z', 'Nowhere/Land', 'today, 6:05 PM'],
    ['not a date', CHICAGO, ''],
    [null, CHICAGO, ''],
  ])('%s in %s is "%s"', (at, zone, words) => {
    expect(dateTime(at, zone, now)).toBe(words);
  });

  test('a day of the calendar is the same everywhere', () => {
    expect(calendarDay(new Date('2026-11-20'), now, 'Pacific/Honolulu')).toBe('Fri, Nov 20');
    expect(calendarDay('2026-11-18', now, CHICAGO)).toBe('today');
    expect(calendarDay('2026-11-17', now, CHICAGO)).toBe('yesterday');
    expect(calendarDay('2027-01-04', now, CHICAGO)).toBe('Mon, Jan 4, 2027');
  });

  test('long and short', () => {
    expect(longDate(now, CHICAGO)).toBe('Wednesday, November 18, 2026');
    expect(shortDate('2026-11-18T03:00:00Z', CHICAGO, now)).toBe('Nov 17');
  });
});

describe('values of the CRM', () => {
  test.each([
    ['2026-10-19', 'date', 'Mon, Oct 19, 2026'],
    ['soon', 'date', 'soon'],
    ['won', 'choice', 'Won'],
    ['in_review', 'choice', 'In review'],
    [14_800, 'money', '14,800'],
    [['Bolt', 'RanchMate 20'], 'list', 'Bolt, RanchMate 20'],
    ['won on 2026-10-19', 'text', 'won on 2026-10-19'],
    [
      '2026-10-19 · Ann Lee · 123\nThey like it.\n\n2026-02-31 · Ann Lee · 124',
      'text',
      'Mon, Oct 19, 2026 · Ann Lee · 123\nThey like it.\n\n2026-02-31 · Ann Lee · 124',
    ],
    [null, 'date', ''],
  ] as const)('%j of type %s is shown as %j', (value, dataType, words) => {
    expect(showValue(value, dataType)).toBe(words);
  });

  test('the name of an activity has a day that a person reads', () => {
    expect(showName('Hill Mill, 2026-10-19')).toBe('Hill Mill · Mon, Oct 19, 2026');
    expect(showName('Hill Mill')).toBe('Hill Mill');
  });
});

describe('amounts', () => {
  test.each([
    [0, '0 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [3_600_000, '1 h'],
    [11_100_000, '3 h 5 min'],
    [11 * 3_600_000 + 300_000, '11 h'],
    [51 * 3_600_000, '2 d 3 h'],
    [-120_000, '2 min'],
    [null, '–'],
  ])('a span of %s ms is %s', (ms, words) => {
    expect(span(ms)).toBe(words);
  });

  test.each([
    [0, '0:00'],
    [59.6, '1:00'],
    [3725, '1:02:05'],
    [null, '–:––'],
    [Number.NaN, '–:––'],
  ])('%s seconds of audio are %s', (seconds, words) => {
    expect(audioLength(seconds)).toBe(words);
  });

  test('counts and shares', () => {
    expect([plural(1, 'report'), plural(1204, 'report'), plural(2, 'person', 'people')]).toEqual([
      '1 report',
      '1,204 reports',
      '2 people',
    ]);
    expect([percent(0.425), percent(null)]).toEqual(['43%', '–']);
  });
});

describe('a way back stays on this site', () => {
  test.each([
    ['/reports/1?x=2', '/reports/1?x=2'],
    ['//evil.example', ''],
    ['/\\evil.example', ''],
    ['/\t/evil.example', ''],
    ['https://evil.example', ''],
    ['javascript:alert(1)', ''],
    ['/sign-in?next=/x', ''],
    [undefined, ''],
  ])('%s', (asked, path) => {
    expect(localPath(asked)).toBe(path);
  });
});

test('a pager keeps the filters and ends at the ends', () => {
  expect(toPager('/audit-log?who=&about=line&page=2', { page: 2, pageSize: 50, total: 120 })).toEqual({
    from: 51,
    to: 100,
    total: 120,
    previous: '/audit-log?who=&about=line',
    next: '/audit-log?who=&about=line&page=3',
  });
  expect(toPager('/x', { page: 1, pageSize: 50, total: 0 })).toMatchObject({
    from: 0,
    to: 0,
    previous: null,
    next: null,
  });
  expect(toPager('/x?page=9', { page: 9, pageSize: 50, total: 60 })).toMatchObject({
    previous: '/x?page=2',
    next: null,
  });
});

describe('the week chart', () => {
  test('gives each week up to now its place, also those without hits', () => {
    const chart = weekChart(
      [
        { key: '2026-10-26', units: 4 },
        { key: '2026-11-09', units: 2 },
      ],
      now,
      CHICAGO,
    );
    expect(chart?.bars).toHaveLength(26);
    expect(chart?.bars.at(-1)).toMatchObject({ week: '2026-11-16', units: 0, height: 0 });
    expect(chart?.bars.at(-2)).toMatchObject({ week: '2026-11-09', units: 2, height: 24, y: 24 });
    expect(chart?.bars.at(-4)).toMatchObject({ week: '2026-10-26', units: 4, height: 48, y: 0 });
  });

  test('shows at most two years, and nothing without counts', () => {
    expect(weekChart([{ key: '2020-01-06', units: 1 }], now, CHICAGO)?.bars).toHaveLength(104);
    expect(weekChart([], now, CHICAGO)).toBeNull();
  });
});

test('the bar of codes fills its width with the strongest first', () => {
  const bar = codeBar(
    [
      { key: 'pricing', units: 6 },
      { key: 'need', units: 3 },
      { key: 'admin', units: 3 },
    ],
    (key) => key.toUpperCase(),
  );
  expect(bar?.segments.map(({ x, label }) => [x, label])).toEqual([
    [0, 'PRICING'],
    [50, 'NEED'],
    [75, 'ADMIN'],
  ]);
  expect(bar?.others).toBe(0);
  expect(codeBar([], String)).toBeNull();
});

test('a tally narrows the search, quoting what needs it', () => {
  const rows = tally(
    [
      { key: '1', label: 'Marisol Vega', units: 8 },
      { key: '', label: '', units: 2 },
    ],
    { q: 'pump', key: 'rep', unknown: 'Not known' },
  );
  expect(rows).toEqual([
    {
      label: 'Marisol Vega',
      units: 8,
      share: 100,
      href: `/search?q=${encodeURIComponent('pump rep:"Marisol Vega"')}`,
    },
    { label: 'Not known', units: 2, share: 25, href: null },
  ]);
});

describe('what became of a value', () => {
  const entry = (
    status: 'waiting' | 'written' | 'conflict' | 'failed' | 'skipped',
    message: string | null = null,
  ) => ({
    status,
    message,
  });

  test('the worst counts', () => {
    expect(syncBadge([entry('written'), entry('failed', 'No such choice.')], false)).toEqual({
      word: 'not written',
      tone: 'late',
      detail: 'No such choice.',
    });
    expect(syncBadge([entry('written'), entry('conflict')], false).tone).toBe('conflict');
    expect(syncBadge([entry('written')], false)).toMatchObject({ word: 'in the CRM', tone: 'good' });
    expect(syncBadge([], true).tone).toBe('waiting');
    expect(syncBadge([], false).word).toBe('');
  });
});

test('units become paragraphs, without refused codes, playable where their audio is', () => {
  const unit = { id: 'x', startOffset: 0, endOffset: 4, audioStartMs: 0, audioEndMs: 1500, codes: [] };
  const paragraphs = toParagraphs(
    [
      { ...unit, number: 1, text: 'One.', newParagraph: false },
      {
        ...unit,
        number: 2,
        text: 'Two.',
        newParagraph: false,
        audioEndMs: null,
        codes: [
          { codeKey: 'need', certainty: 'refused', evidence: null },
          { codeKey: 'pricing', certainty: 'suggested', evidence: 'says "$"' },
        ],
      },
      { ...unit, number: 3, text: 'Three.', newParagraph: true },
    ],
    (key) => key,
    true,
  );
  expect(
    paragraphs.map((paragraph) => paragraph.units.map(({ number, playable }) => [number, playable])),
  ).toEqual([
    [
      [1, true],
      [2, false],
    ],
    [[3, true]],
  ]);
  expect(paragraphs[0]?.units[1]?.codes.map((code) => code.key)).toEqual(['pricing']);
});

describe('the audit log in words', () => {
  test.each([
    [
      { action: 'user.changed', subjectType: 'user', detail: { fields: ['name', 'shortNumber'] } },
      'changed a person (name, short number)',
    ],
    [{ action: 'restart', subjectType: 'recording', detail: {} }, 'restarted a recording'],
    [
      { action: 'vocabulary.imported', subjectType: 'vocabulary', detail: { rows: 40 } },
      'imported the vocabulary (rows: 40)',
    ],
    [{ action: 'thing.done', subjectType: 'new_thing', detail: null }, 'done new thing'],
  ])('%o', (entry, sentence) => {
    expect(describeAction(entry)).toBe(sentence);
  });
});

test('locking oneself out is told in words, for others it is allowed', () => {
  expect(locksOut(true, { roles: ['manager'] })).toContain('Another administrator can');
  expect(locksOut(true, { active: false })).toContain('deactivate yourself');
  expect(locksOut(true, { roles: ['administrator', 'rep'] })).toBeNull();
  expect(locksOut(false, { active: false })).toBeNull();
});

describe('a CSV of the vocabulary', () => {
  test.each([
    ['', 'There is no row in it'],
    ['id,name\n', 'There is no row in it'],
    ['name,city\nA,B\n', 'id is missing'],
    ['id,name\na1,"open\n', "The file can't be read"],
    ['id,name,lifecycle\na1,Acme,active\na2,Bolt,ancient\n', 'Row 3: lifecycle is not right'],
  ])('%j is refused in words', (text, message) => {
    const read = readCsv('accounts', text);
    expect(read.ok ? '' : read.message).toContain(message);
  });

  test('takes semicolons, a byte order mark and empty cells as spreadsheets save them', () => {
    const read = readCsv('accounts', '\uFEFFid;name;lifecycle;owner\r\na1;Acme;;\r\n');
    expect(read.ok && read.vocabulary.accounts).toEqual([
      { id: 'a1', name: 'Acme', aliases: [], city: '', state: '', region: '', lifecycle: 'active' },
    ]);
  });
});
