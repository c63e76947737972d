import { stringify } from 'csv-stringify/sync';

/**
 * The IDs as a file that is within the page itself: they are shown once, and so there is no second request to which
 * they could be given.
 */
export function toCsvLink(anonymousIds: readonly string[], lineNumber: string): string {
  const rows = anonymousIds.map((id) => [id, lineNumber]);
  const csv = stringify([['anonymous_id', 'phone_number'], ...rows]);
  return `data:text/csv;charset=utf-8;base64,${Buffer.from(csv).toString('base64')}`;
}
