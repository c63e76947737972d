/** Marks where hits begin and end, in text that is not HTML yet. Code points of the private use area: no speech holds them. */
export const HIT_START = '\uE000';
export const HIT_END = '\uE001';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/**
 * Text with hit marks as HTML: everything is escaped first, then the marks become `<mark>`; an end without a
 * start is dropped and a start without an end is closed, so the result is always well formed.
 */
export function highlightHtml(text: string): string {
  let html = '';
  let open = false;
  for (const piece of text.split(/([\uE000\uE001])/)) {
    if (piece === HIT_START) {
      if (!open) html += '<mark>';
      open = true;
    } else if (piece === HIT_END) {
      if (open) html += '</mark>';
      open = false;
    } else {
      html += escapeHtml(piece);
    }
  }
  return open ? `${html}</mark>` : html;
}
