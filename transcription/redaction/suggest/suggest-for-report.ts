import { NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { type SuggestedRedaction, suggestRedactions } from './suggest-redactions.ts';

/**
 * What in a report's text may want to be taken out. Customers' people are what reports are about, so names are not
 * suggested here; in what an anonymous respondent says they are.
 * @throws NotFound
 */
export async function suggestForReport(
  { database }: Pick<Platform, 'database'>,
  reportId: string,
): Promise<SuggestedRedaction[]> {
  const report = await database.prisma.report.findUnique({
    where: { id: reportId },
    select: { transcript: { select: { text: true } } },
  });
  if (!report) throw new NotFound(`No report ${reportId}`);
  return suggestRedactions(report.transcript.text);
}

/** The same of a text that somebody said to a survey: with the names of everybody the company knows. */
export async function suggestForAnswer(
  { database }: Pick<Platform, 'database'>,
  text: string,
): Promise<SuggestedRedaction[]> {
  const [contacts, users] = await Promise.all([
    database.prisma.contact.findMany({ select: { name: true } }),
    database.prisma.user.findMany({ where: { system: false }, select: { name: true } }),
  ]);
  return suggestRedactions(text, { people: [...contacts, ...users].map(({ name }) => name) });
}
