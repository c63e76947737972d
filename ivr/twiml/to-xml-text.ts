/**
 * What XML 1.0 can't carry in any way, escaped or not (its production `Char`): most control characters, halves of
 * surrogate pairs, and the two that are no characters.
 */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/**
 * Text as it may stand in a document: what can't is a space, so that words beside it don't grow together, and any
 * stretch of white space is one. Pure. Escaping is left to what writes the document.
 */
export function toXmlText(text: string): string {
  return text.replace(NOT_XML, ' ').replace(/\s+/gu, ' ');
}
