/** What counts of the keys of an entry: `*` starts it over. */
export function entryOf(keys: string): string {
  return keys.slice(keys.lastIndexOf('*') + 1).replaceAll('#', '');
}
