/** A piece of a line: plain, or with one of three meanings. */
export interface Span {
  kind: 'text' | 'strong' | 'emphasis' | 'code';
  text: string;
}

export type Block =
  | { kind: 'paragraph'; spans: Span[] }
  | { kind: 'list'; items: Span[][] }
  /** How something is said, and how it is and is not written. */
  | { kind: 'example'; said: string; write: string; not: string };

export interface Section {
  /** Names the section in addresses and rules: what stands behind # in the heading, else made from the title. */
  key: string;
  title: string;
  blocks: Block[];
}

export interface Guide {
  intro: Block[];
  sections: Section[];
}

/**
 * The text of a style guide as sections: `## Title #key`, paragraphs, `- ` lists, `Said:`/`Write:`/`Not:` examples,
 * **strong**, *emphasis* and `code`. Anything else is text: markup that somebody types is shown as it is typed. Pure.
 */
export function parseGuide(text: string): Guide {
  const guide: Guide = { intro: [], sections: [] };
  const keys = new Set<string>();
  let blocks = guide.intro;
  let open: 'paragraph' | null = null;
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const trimmed = line.trim();
    const heading = /^#{1,3}\s+(.+?)(?:\s+#([a-z0-9-]+))?\s*$/.exec(trimmed);
    if (heading) {
      const [, title = '', named] = heading;
      const section: Section = { key: unusedKey(named ?? toKey(title), keys), title, blocks: [] };
      guide.sections.push(section);
      blocks = section.blocks;
      open = null;
      continue;
    }
    if (trimmed === '') {
      open = null;
      continue;
    }
    open = addLine(blocks, trimmed, open);
  }
  return guide;
}

function addLine(blocks: Block[], line: string, open: 'paragraph' | null): 'paragraph' | null {
  const last = blocks.at(-1);
  const item = /^[-*]\s+(.*)$/.exec(line);
  if (item) {
    const spans = readSpans(item[1] ?? '');
    if (last?.kind === 'list') last.items.push(spans);
    else blocks.push({ kind: 'list', items: [spans] });
    return null;
  }
  const example = /^(said|write|not):\s*(.*)$/i.exec(line);
  if (example) {
    const part = (example[1] ?? '').toLowerCase() as 'said' | 'write' | 'not';
    const words = example[2] ?? '';
    if (last?.kind === 'example' && part !== 'said' && last[part] === '') last[part] = words;
    else blocks.push({ kind: 'example', said: '', write: '', not: '', [part]: words });
    return null;
  }
  if (open === 'paragraph' && last?.kind === 'paragraph')
    last.spans.push({ kind: 'text', text: ' ' }, ...readSpans(line));
  else blocks.push({ kind: 'paragraph', spans: readSpans(line) });
  return 'paragraph';
}

const KINDS = { '**': 'strong', '*': 'emphasis', '`': 'code' } as const;

function readSpans(line: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const match of line.matchAll(/(\*\*|\*|`)(?=\S)(.+?)(?<=\S)\1/g)) {
    if (match.index > at) spans.push({ kind: 'text', text: line.slice(at, match.index) });
    spans.push({ kind: KINDS[match[1] as keyof typeof KINDS], text: match[2] ?? '' });
    at = match.index + match[0].length;
  }
  if (at < line.length) spans.push({ kind: 'text', text: line.slice(at) });
  return spans;
}

function toKey(title: string): string {
  return (
    title
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'section'
  );
}

function unusedKey(wanted: string, keys: Set<string>): string {
  let key = wanted;
  for (let n = 2; keys.has(key); n += 1) key = `${wanted}-${n}`;
  keys.add(key);
  return key;
}

/** The words of a section, for looking through them. */
export function wordsOfSection({ title, blocks }: Section): string {
  const spans = (list: readonly Span[]) => list.map(({ text }) => text).join('');
  return [
    title,
    ...blocks.flatMap((block) =>
      block.kind === 'paragraph'
        ? [spans(block.spans)]
        : block.kind === 'list'
          ? block.items.map(spans)
          : [block.said, block.write, block.not],
    ),
  ].join('\n');
}
