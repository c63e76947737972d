/**
 * Bodies of notes, meetings and tasks are HTML at HubSpot and text here. What is written comes back as the same text,
 * also after HubSpot has cleaned it and after somebody opened and saved it in HubSpot's editor, which puts paragraphs
 * around lines: otherwise each delivery would look like somebody's change.
 */

const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]]/g;
const NO_BREAK_SPACE = '\u00a0';
/** Stands for a tab, which HTML takes for a space. */
const WIDE_SPACE = '\u2003';

/** Text as HTML: nothing in it is markup, addresses can be clicked. Spaces at the ends of lines are left out. Pure. */
export function toHtml(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split(/[\n\r]/)
    .map(lineToHtml)
    .join('<br>');
}

function lineToHtml(line: string): string {
  const kept = line
    .replace(/[ \t]+$/, '')
    .replaceAll('\t', WIDE_SPACE)
    // HTML swallows a space at the beginning, and one after another.
    .replace(/(?<=^| ) /g, NO_BREAK_SPACE);
  let html = '';
  let end = 0;
  for (const { 0: address, index } of kept.matchAll(ADDRESS)) {
    const escaped = escapeMarkup(address);
    html += `${escapeMarkup(kept.slice(end, index))}<a href="${escaped}">${escaped}</a>`;
    end = index + address.length;
  }
  return html + escapeMarkup(kept.slice(end));
}

function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(NO_BREAK_SPACE, '&nbsp;');
}

const BLOCKS = new Set(
  'address article blockquote dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table td th tr ul'.split(
    ' ',
  ),
);
const NOT_TEXT = new Set(['script', 'style', 'head', 'title']);
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: NO_BREAK_SPACE,
  ensp: '\u2002',
  emsp: WIDE_SPACE,
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  bull: '•',
  middot: '·',
  euro: '€',
  pound: '£',
  copy: '©',
  reg: '®',
  trade: '™',
  times: '×',
  frac12: '½',
};
const BULLET = '• ';
/** A comment, a tag with its quoted attributes, or a stretch of text. */
const TOKENS = /<!--[\s\S]*?-->|<(\/?)([a-z][a-z0-9]*)(?:"[^"]*"|'[^']*'|[^'">])*>|[^<]+|</gi;

/** What a person reads of HTML, line by line. Takes any text; never fails. Pure. */
export function fromHtml(html: string): string {
  const lines: string[] = [];
  let line = '';
  let hidden: string | null = null;
  const endBlock = () => {
    // A paragraph within an item of a list stands beside its bullet.
    if (line === '' || line === BULLET) return;
    lines.push(line);
    line = '';
  };
  for (const [token, slash, name] of html.matchAll(TOKENS)) {
    const tag = name?.toLowerCase();
    if (tag === undefined) {
      if (hidden === null && !token.startsWith('<!--')) line = addText(line, token);
    } else if (NOT_TEXT.has(tag)) hidden = slash === '/' ? null : tag;
    else if (tag === 'br') {
      lines.push(line);
      line = '';
    } else if (BLOCKS.has(tag)) {
      endBlock();
      if (tag === 'li') line = slash === '' ? BULLET : '';
    }
  }
  lines.push(line);
  return lines
    .map((each) => each.replace(/ +$/, '').replaceAll(NO_BREAK_SPACE, ' ').replaceAll(WIDE_SPACE, '\t'))
    .join('\n')
    .replace(/\n+$/, '');
}

function addText(line: string, text: string): string {
  const collapsed = text.replace(/[ \t\r\n]+/g, ' ');
  const decoded = collapsed.replace(
    /&(#x?[0-9a-f]+|[a-z0-9]+);/gi,
    (whole, name: string) => decode(name) ?? whole,
  );
  return line + (line === '' || line.endsWith(' ') ? decoded.replace(/^ /, '') : decoded);
}

function decode(name: string): string | null {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? null;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

const FORMATTING =
  /<(?:b|strong|i|em|u|s|strike|del|mark|h[1-6]|ul|ol|table|img|blockquote|pre|code|hr|iframe|video)\b|style="[^"]*(?:color|background|font|decoration)|data-(?:type="mention"|mention)/i;
const LINK = /<a\b[^>]*?href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi;

/**
 * Whether somebody gave it a form that text can't hold: bold, colors, lists, pictures, mentions, words that are links.
 * Writing our text over it would lose that. Pure.
 */
export function isFormatted(html: string): boolean {
  return (
    FORMATTING.test(html) ||
    [...html.matchAll(LINK)].some(([, address = '', shown = '']) => fromHtml(address) !== fromHtml(shown))
  );
}
