import type { Tx } from '../../../platform/database/database.ts';
import { keepFoundNames } from '../../vocabulary/keep-found-names.ts';
import { VOCABULARY_LOCK } from '../../vocabulary/vocabulary-lock.ts';
import { stands } from './decide-values.ts';
import type { ReviewRecord, ReviewState } from './review-state.ts';

/**
 * Names that were first heard in this report: confirmed, they become part of the vocabulary (`keep-found-names.ts`);
 * spelled another way, the row that they made is spelled so, too; refused, it is not looked for any more, unless other
 * reports speak of it by now. In the caller's transaction, after the values; locks the vocabulary until its end when
 * there is anything to do.
 */
export async function followFoundNames(
  tx: Tx,
  reportId: string,
  { state, records }: { state: ReviewState; records: readonly ReviewRecord[] },
  now: Date,
): Promise<void> {
  const found = records.filter(({ key }) => key === 'new_contact' || key === 'new_competitor');
  if (found.length === 0) {
    // With the account known, somebody who was confirmed before can be kept.
    if (records.some(({ key }) => key === 'account')) await keepFoundNames(tx, reportId, now);
    return;
  }
  await tx.$executeRaw`select pg_advisory_xact_lock(${VOCABULARY_LOCK})`;
  for (const { key, before, after } of found) {
    const was = nameOf(before);
    const is = nameOf(after);
    const stillStands = state.values.some((held) => held.field === key && held.value === was && stands(held));
    if (was === null || stillStands) {
      if (was !== null && key === 'new_contact') await standAgain(tx, reportId, was);
      continue;
    }
    const renamed = after.certainty !== 'refused' && is !== null && is !== was ? is : null;
    if (key === 'new_contact') await partFromPerson(tx, reportId, was, renamed, now);
    else await partFromCompetitor(tx, reportId, was, renamed);
  }
  const names = state.values.flatMap((held) =>
    held.field === 'new_contact' && stands(held) && typeof held.value === 'string' ? [held.value] : [],
  );
  const kept = await tx.reportContact.findMany({
    where: { reportId },
    select: { newName: true, contact: { select: { name: true } } },
  });
  const known = new Set(kept.flatMap(({ newName, contact }) => [newName, contact?.name]));
  await tx.reportContact.createMany({
    data: names.filter((name) => !known.has(name)).map((newName) => ({ reportId, newName })),
    skipDuplicates: true,
  });
  await keepFoundNames(tx, reportId, now);
}

function nameOf(note: ReviewRecord['before']): string | null {
  return note && 'value' in note && typeof note.value === 'string' ? note.value : null;
}

/** Refused and now right after all: the row that it once made is looked for again. */
async function standAgain(tx: Tx, reportId: string, name: string): Promise<void> {
  await tx.contact.updateMany({
    where: { foundInReportId: reportId, name, active: false },
    data: { active: true },
  });
}

async function partFromPerson(
  tx: Tx,
  reportId: string,
  name: string,
  renamed: string | null,
  now: Date,
): Promise<void> {
  const made = await tx.contact.findFirst({
    where: { foundInReportId: reportId, name },
    select: { id: true },
  });
  if (renamed !== null) {
    await tx.reportContact.deleteMany({ where: { reportId, newName: name } });
    if (made) await tx.contact.update({ where: { id: made.id }, data: { name: renamed, updatedAt: now } });
    return;
  }
  await tx.reportContact.deleteMany({
    where: { reportId, OR: [{ newName: name }, ...(made ? [{ contactId: made.id }] : [])] },
  });
  if (made && (await tx.reportContact.count({ where: { contactId: made.id } })) === 0)
    await tx.contact.update({ where: { id: made.id }, data: { active: false } });
}

async function partFromCompetitor(
  tx: Tx,
  reportId: string,
  name: string,
  renamed: string | null,
): Promise<void> {
  const made = await tx.competitor.findFirst({
    where: { foundInReportId: reportId, name },
    select: { id: true, externalId: true },
  });
  if (!made) return;
  if (renamed !== null) {
    await tx.competitor.update({ where: { id: made.id }, data: { name: renamed } });
    return;
  }
  const uses = await tx.fieldValue.count({
    where: { field: 'competitor', value: { equals: made.externalId }, certainty: { not: 'refused' } },
  });
  if (uses === 0) await tx.competitor.update({ where: { id: made.id }, data: { active: false } });
}
