import type { Scrub } from '../../transcription/redaction/redacting.ts';
import { scrubRows } from '../../transcription/redaction/scrub/scrub-family.ts';

const id = [{ name: 'id', type: 'uuid' }];

/**
 * Hook of redacting: takes the words out of what the built-in CRM holds of a report, past values included, and out of
 * what the ledger says stood beside it. Both lose the same, so that the correction which follows finds what it wrote.
 *
 * A field to which each report adds a block holds the words in later values, too; those are known by the report's
 * reference, with which its block begins.
 */
export const scrubReport: Scrub = async (tx, { reportId, phrases }) => {
  if (phrases.length === 0) return;
  const { dictation } = await tx.report.findUniqueOrThrow({
    where: { id: reportId },
    select: { dictation: { select: { reference: true } } },
  });
  const block = `%${dictation.reference}%`;
  const records = `select record_id from crm_value where report_id = $1::uuid`;
  await scrubRows(
    tx,
    {
      table: 'crm_value',
      belongs: `report_id = $1::uuid or (record_id in (${records}) and value::text like $2)`,
      keys: id,
      columns: [
        { name: 'value', kind: 'json' },
        { name: 'display', kind: 'text' },
      ],
    },
    [reportId, block],
    phrases,
  );
  // What it made itself; a customer's or a person's record carries the company's own name for them.
  await scrubRows(
    tx,
    {
      table: 'crm_record',
      belongs: `external_key like 'report-' || $1 || '%' or external_key in (
        select external_id from contact where found_in_report_id = $1::uuid)`,
      keys: id,
      columns: [{ name: 'name', kind: 'text' }],
    },
    [reportId],
    phrases,
  );
  await scrubRows(
    tx,
    {
      table: 'sync_entry',
      belongs: `(object_type, external_key) in (select object_type, external_key from sync_entry where report_id = $1::uuid)
        and (desired::text like $2 or previous::text like $2 or written::text like $2)`,
      keys: id,
      columns: [
        { name: 'desired', kind: 'json' },
        { name: 'previous', kind: 'json' },
        { name: 'written', kind: 'json' },
      ],
    },
    [reportId, block],
    phrases,
  );
};
