import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareGuides, onlyChanges } from '../../../transcription/house-style/guide/compare-guides.ts';
import { parseGuide, wordsOfSection } from '../../../transcription/house-style/guide/parse-guide.ts';
import { GUIDE_VERSION_1 } from '../../../transcription/house-style/guide/version-1.ts';
import { applyChanges, findChanges, HOUSE_RULES } from '../../../transcription/house-style/house-style.ts';

describe('the guide that comes with the program', () => {
  const guide = parseGuide(GUIDE_VERSION_1);
  const keys = guide.sections.map(({ key }) => key);

  it('has the section that each rule names', () => {
    for (const { key, section } of HOUSE_RULES) expect(keys, key).toContain(section);
  });

  it('writes its own examples as its rules do', () => {
    const written = guide.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'example' && block.write ? [block.write] : [])),
    );
    expect(written.length).toBeGreaterThan(10);
    for (const text of written)
      expect(applyChanges(text, findChanges(text, { off: ['sentence-capitals'] }))).toBe(text);
  });

  it('says what is kept, mended, unclear and how it is measured', () => {
    for (const key of ['kept', 'mended', 'names', 'unclear', 'measured']) expect(keys).toContain(key);
  });
});

describe('a guide as text', () => {
  it('is read into sections, lists, examples and three kinds of words', () => {
    const { intro, sections } = parseGuide(
      'Hello\nthere\n\n## Money #cash\n- **Always** `$`\n- *or* not\n\nSaid: five\nWrite: 5\nSaid: six\n# Money',
    );
    expect(intro).toHaveLength(1);
    expect(sections.map(({ key, title }) => [key, title])).toEqual([
      ['cash', 'Money'],
      ['money', 'Money'],
    ]);
    expect(sections[0]?.blocks).toEqual([
      {
        kind: 'list',
        items: [
          [
            { kind: 'strong', text: 'Always' },
            { kind: 'text', text: ' ' },
            { kind: 'code', text: '$' },
          ],
          [
            { kind: 'emphasis', text: 'or' },
            { kind: 'text', text: ' not' },
          ],
        ],
      },
      { kind: 'example', said: 'five', write: '5', not: '' },
      { kind: 'example', said: 'six', write: '', not: '' },
    ]);
    expect(wordsOfSection(sections[0] ?? { key: '', title: '', blocks: [] })).toContain('Always $');
  });

  it('takes anything, with keys that differ', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('# a', '## b #a', '- **x', 'Said:', '', '<b>'), fc.string())),
        (lines) => {
          const { sections } = parseGuide(lines.join('\n'));
          expect(new Set(sections.map(({ key }) => key)).size).toBe(sections.length);
        },
      ),
    );
  });
});

describe('two versions compared', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
    .map((lines) => lines.join('\n'));

  it('give each version back, with no more changes than needed', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = compareGuides(before, after);
        const without = (kind: string) =>
          lines
            .filter((line) => line.kind !== kind)
            .map((line) => line.text)
            .join('\n');
        expect(without('added')).toBe(before);
        expect(without('removed')).toBe(after);
        if (before === after) expect(lines.every(({ kind }) => kind === 'same')).toBe(true);
      }),
    );
  });

  it('leave out what is far from a change', () => {
    const lines = compareGuides('1\n2\n3\n4\n5\n6\n7', '1\n2\n3\n4\n5\n6\n8');
    expect(onlyChanges(lines, 1).map((line) => line?.text ?? '⋯')).toEqual(['⋯', '6', '7', '8']);
  });
});
