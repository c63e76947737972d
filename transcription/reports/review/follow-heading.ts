import type { Tx } from '../../../platform/database/database.ts';
import { stands } from './decide-values.ts';
import type { ReviewRecord, ReviewState } from './review-state.ts';

const COLUMNS = new Set(['account', 'meeting_date', 'meeting_type', 'stage', 'sentiment']);

/**
 * The columns and people of the report that repeat some of its values, after those were decided on. In the caller's
 * transaction, which holds the report's lock. What nobody decided on stays as it is.
 */
export async function followHeading(
  tx: Tx,
  reportId: string,
  { state, records }: { state: ReviewState; records: readonly ReviewRecord[] },
): Promise<void> {
  const decided = new Set(records.flatMap(({ subject, key }) => (subject === 'value' ? [key] : [])));
  const first = (field: string) => state.values.find((held) => held.field === field && stands(held))?.value;
  const text = (field: string) => {
    const value = first(field);
    return typeof value === 'string' ? value : null;
  };
  if ([...COLUMNS].some((field) => decided.has(field))) {
    const account = text('account');
    const known =
      account && (await tx.account.findUnique({ where: { externalId: account }, select: { id: true } }));
    const day = text('meeting_date');
    const mood = first('sentiment');
    await tx.report.update({
      where: { id: reportId },
      data: {
        ...(decided.has('account') && { accountId: known ? known.id : null }),
        ...(decided.has('meeting_date') && {
          meetingDate: day === null ? null : new Date(`${day}T00:00:00Z`),
        }),
        ...(decided.has('meeting_type') && { meetingType: text('meeting_type') }),
        ...(decided.has('stage') && { stage: text('stage') }),
        ...(decided.has('sentiment') && { sentiment: typeof mood === 'number' ? Math.sign(mood) : null }),
      },
    });
  }
  if (decided.has('contact')) await followPeople(tx, reportId, { state, records });
}

/** People of the company's list. Names that were only heard: `follow-found-names.ts`. */
async function followPeople(
  tx: Tx,
  reportId: string,
  { state, records }: { state: ReviewState; records: readonly ReviewRecord[] },
): Promise<void> {
  const standing = state.values.flatMap((held) =>
    held.field === 'contact' && stands(held) && typeof held.value === 'string' ? [held.value] : [],
  );
  const gone = records.flatMap(({ key, before }) => {
    const value = key === 'contact' && before && 'value' in before ? before.value : null;
    return typeof value === 'string' && !standing.includes(value) ? [value] : [];
  });
  await tx.reportContact.deleteMany({ where: { reportId, contact: { externalId: { in: gone } } } });
  const people = await tx.contact.findMany({
    where: { externalId: { in: standing } },
    select: { id: true },
  });
  await tx.reportContact.createMany({
    data: people.map(({ id: contactId }) => ({ reportId, contactId })),
    skipDuplicates: true,
  });
}
