/** Plain text as the HTML of a rich text area, one `<br>` a line. Pure. */
export function htmlOf(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replaceAll('\n', '<br>');
}

/** The text that a person reads in HTML. Pure. */
export function textOf(html: string): string {
  return html
    .replace(/\r?\n/g, ' ')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<li[^>]*>/gi, '- ')
    .replace(/<\/(p|div|li|h\d|tr|ul|ol)\s*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[0-9a-f]+|\w+);/gi, (entity, name: string) => characterOf(name) ?? entity)
    .trim();
}

/** Whether HTML says nothing but its text: if not, writing text over it would lose somebody's formatting. */
export function isPlain(html: string): boolean {
  return !/<(?!\/?(br|p|div|span)\b[^>]*>)/i.test(html);
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const CHARACTERS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function characterOf(name: string): string | null {
  const [, hex, code] = /^#(x?)([0-9a-f]+)$/i.exec(name) ?? [];
  if (code === undefined) return CHARACTERS[name.toLowerCase()] ?? null;
  const point = Number.parseInt(code, hex === '' ? 10 : 16);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : null;
}
