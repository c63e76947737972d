/**
 * Text as a SOQL string literal, quotes included. What people dictate or import must never end a literal and go on
 * as a query of its own.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm
 */
export function quoted(text: string): string {
  const escaped = text.replace(/[\\'"\n\r\t\b\f]/g, (character) => ESCAPES[character] ?? character);
  // Other control characters have no escape, and no key or e-mail address has any.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return `'${escaped.replace(/[\u0000-\u001f]/g, '')}'`;
}

const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** `field IN ('a', 'b')`; null when there is nothing to be in. */
export function oneOf(field: string, values: readonly string[]): string | null {
  return values.length === 0 ? null : `${field} IN (${values.map(quoted).join(', ')})`;
}

/** The conditions that are there, joined; null when there is none. */
export function either(...conditions: (string | null)[]): string | null {
  const given = conditions.filter((condition) => condition !== null);
  return given.length === 0 ? null : given.join(' OR ');
}
