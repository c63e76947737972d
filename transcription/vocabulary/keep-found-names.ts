import type { Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/new-id.ts';
import { VOCABULARY_LOCK } from './vocabulary-lock.ts';

const NAMES_FOUND = ['new_contact', 'new_competitor'];

/**
 * People and competitors that a person confirmed as new in a report become part of the vocabulary, so that the next
 * report about them names them, and so that the CRM gets a record of the person. In the transaction that writes the
 * report, after its values. A name that is there already in the same letters (of the account's people; of the
 * competitors, aliases too) is not made a second time. Somebody new without an account stays a name in the report.
 *
 * Done twice it changes nothing. Locks the vocabulary, when there is anything to add, until the transaction ends.
 */
export async function keepFoundNames(tx: Tx, reportId: string, now: Date): Promise<void> {
  const report = await tx.report.findUniqueOrThrow({
    where: { id: reportId },
    select: {
      accountId: true,
      fields: {
        where: { field: { in: NAMES_FOUND }, certainty: 'confirmed' },
        select: { field: true, value: true },
      },
    },
  });
  if (report.fields.length === 0) return;
  await tx.$executeRaw`select pg_advisory_xact_lock(${VOCABULARY_LOCK})`;
  for (const { field, value } of report.fields) {
    if (typeof value !== 'string' || letters(value) === '') continue;
    if (field === 'new_competitor') await keepCompetitor(tx, reportId, value);
    else if (report.accountId)
      await keepContact(tx, { reportId, accountId: report.accountId, name: value, now });
  }
}

async function keepContact(
  tx: Tx,
  { reportId, accountId, name, now }: { reportId: string; accountId: string; name: string; now: Date },
): Promise<void> {
  const people = await tx.contact.findMany({
    where: { accountId, active: true },
    select: { id: true, name: true },
  });
  const known = people.find((person) => letters(person.name) === letters(name));
  const id = known?.id ?? newId(now.getTime());
  if (!known) {
    await tx.contact.create({
      data: { id, externalId: `found-${id}`, name, accountId, foundInReportId: reportId, updatedAt: now },
    });
  }
  const isNamed = await tx.reportContact.count({ where: { reportId, contactId: id } });
  const said = { where: { reportId, newName: name } };
  if (isNamed > 0) await tx.reportContact.deleteMany(said);
  else await tx.reportContact.updateMany({ ...said, data: { contactId: id, newName: null } });
}

async function keepCompetitor(tx: Tx, reportId: string, name: string): Promise<void> {
  const competitors = await tx.competitor.findMany({
    where: { active: true },
    select: { name: true, aliases: true },
  });
  const isKnown = competitors.some((each) =>
    [each.name, ...each.aliases].some((other) => letters(other) === letters(name)),
  );
  if (isKnown) return;
  const id = newId();
  await tx.competitor.create({
    data: { id, externalId: `found-${id}`, name, foundInReportId: reportId },
  });
}

/** What two spellings of a name have in common: not its accents, capitals, points and spaces. */
function letters(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
