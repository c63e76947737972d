import type { Scrub } from '../../transcription/redaction/redacting.ts';
import { scrubRows } from '../../transcription/redaction/scrub/scrub-family.ts';
import type { Forget } from '../../transcription/retention/destroy-text.ts';

/**
 * Hook of redacting: takes the words out of what was found in the records that a report was written to. A field to which
 * each report adds a block holds them in findings of other reports, too.
 */
export const scrubFindings: Scrub = async (tx, { reportId, phrases }) => {
  if (phrases.length === 0) return;
  await scrubRows(
    tx,
    {
      table: 'reconciliation_finding',
      belongs: `(connector_id, object_type, external_key) in (
        select connector_id, object_type, external_key from sync_entry where report_id = $1::uuid)`,
      keys: [{ name: 'id', type: 'uuid' }],
      columns: [
        { name: 'ours', kind: 'json' },
        { name: 'theirs', kind: 'json' },
      ],
    },
    [reportId],
    phrases,
  );
};

/** Hook of retention: what was found of these reports is told no more, since what they wrote is forgotten. */
export const forgetFindings: Forget = async (tx, dictationIds) => {
  await tx.$executeRaw`
    delete from reconciliation_finding f using sync_entry s, report r
    where s.id = f.sync_entry_id and r.id = s.report_id and r.dictation_id = any(${[...dictationIds]}::uuid[])`;
};
