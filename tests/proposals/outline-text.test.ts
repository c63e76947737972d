import { describe, expect, test } from 'vitest';
import { readOutline, writeOutlineText } from '../../proposals/outline-text.ts';

describe('an outline pasted as lines', () => {
  test('is read with titles, guidance and pages', () => {
    const { sections, problems } = readOutline(
      [
        '1 Technical approach',
        '',
        '1.1 Schedule [2 pages] — What we promise by when, and why it holds',
        '  • 1.2. Cold-chain monitoring - Sensors, alarms',
        '2) Price [1.5 pages]',
        '3\tWhy us – people first – then plants',
      ].join('\r\n'),
    );
    expect(problems).toEqual([]);
    expect(sections).toEqual([
      { number: '1', title: 'Technical approach', guidance: '', pageLimit: null },
      {
        number: '1.1',
        title: 'Schedule',
        guidance: 'What we promise by when, and why it holds',
        pageLimit: 2,
      },
      { number: '1.2', title: 'Cold-chain monitoring', guidance: 'Sensors, alarms', pageLimit: null },
      { number: '2', title: 'Price', guidance: '', pageLimit: 1.5 },
      { number: '3', title: 'Why us', guidance: 'people first – then plants', pageLimit: null },
    ]);
  });

  test('tells each line that is wrong, and which', () => {
    const { problems } = readOutline('Intro\n1 Approach\n\n1.1\n1.2 — only guidance\n1.3 [3 pages]');
    expect(problems.map(({ line }) => line)).toEqual([1, 4, 5, 6]);
    expect(problems[0]?.message).toContain('“Intro”');
    expect(problems[1]?.message).toContain('no title');
  });

  test('tells what is wrong with the whole', () => {
    expect(readOutline('1 A\n1 B').problems).toEqual([
      { line: null, message: expect.stringContaining('twice') },
    ]);
    expect(readOutline('2.1 A').problems[0]?.message).toContain('section 2 above it');
  });

  test('refuses a title that is really a paragraph', () => {
    expect(readOutline(`1 ${'word '.repeat(100)}`).problems[0]?.message).toContain('300 characters');
  });

  test('is written as it is read', () => {
    const text = '1 Approach\n1.1 Schedule [1 page] — By when\n1.2 Sensors [2.5 pages]';
    const { sections } = readOutline(text);
    const whole = sections.map(({ guidance = '', pageLimit = null, ...rest }) => ({
      ...rest,
      guidance,
      pageLimit,
    }));
    expect(writeOutlineText(whole)).toBe(text);
    expect(writeOutlineText([{ number: '1', title: 'A', guidance: 'one\n two', pageLimit: null }])).toBe(
      '1 A — one two',
    );
  });
});
