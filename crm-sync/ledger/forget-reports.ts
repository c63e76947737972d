import type { Forget } from '../../transcription/retention/destroy-text.ts';

/**
 * Hook of retention: the ledger keeps that something was written, where and when, and forgets what. The CRM itself is
 * the customer's; what was written there stays.
 */
export const forgetReports: Forget = async (tx, dictationIds) => {
  await tx.$executeRaw`
    update sync_entry s
    set desired = s.desired || '{"value": null, "display": "", "recordName": ""}', previous = null, written = null
    from report r
    where r.id = s.report_id and r.dictation_id = any(${[...dictationIds]}::uuid[])`;
};
