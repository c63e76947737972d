import type { Scrub } from '../redaction/redacting.ts';
import { scrubRows } from '../redaction/scrub/scrub-family.ts';

/**
 * Hook of redacting: a name that came into the vocabulary by this very report, and is taken out of it, goes from the
 * vocabulary, too. A name of the company's own list stays: it is not known from here.
 */
export const scrubFoundNames: Scrub = async (tx, { reportId, phrases }) => {
  if (phrases.length === 0) return;
  for (const table of ['contact', 'competitor'] as const) {
    const before = await tx.$queryRawUnsafe<{ id: string; name: string }[]>(
      `select id, name from ${table} where found_in_report_id = $1::uuid`,
      reportId,
    );
    if (before.length === 0) continue;
    await scrubRows(
      tx,
      {
        table,
        belongs: 'found_in_report_id = $1::uuid',
        keys: [{ name: 'id', type: 'uuid' }],
        columns: [{ name: 'name', kind: 'text' }],
      },
      [reportId],
      phrases,
    );
    // In: ids with the names that they had. Deactivates those that have another. Locks those rows.
    await tx.$executeRawUnsafe(
      `update ${table} set active = false
       from unnest($1::uuid[], $2::text[]) as was (id, name)
       where ${table}.id = was.id and ${table}.name <> was.name`,
      before.map(({ id }) => id),
      before.map(({ name }) => name),
    );
  }
};
