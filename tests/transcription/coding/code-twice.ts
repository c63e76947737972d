import type { Platform } from '../../../platform/platform.ts';
import { chooseForSecondCoding } from '../../../transcription/coding/double/choose-report.ts';
import { claimCoding } from '../../../transcription/coding/double/claim-coding.ts';
import { readCoding } from '../../../transcription/coding/double/read-coding.ts';
import { finishCoding } from '../../../transcription/coding/double/save-coding.ts';
import { setShare } from '../../../transcription/coding/double/share.ts';
import { type BuiltReport, buildReport, type UnitToBuild } from '../../support/build-report.ts';

type Deps = Pick<Platform, 'clock' | 'database'>;

/** A finalized report that somebody coded, and that the sample took. */
export async function buildChosen(
  { database }: Pick<Deps, 'database'>,
  { coderId, units }: { coderId: string; units: UnitToBuild[] },
): Promise<BuiltReport> {
  const report = await buildReport(database, { units });
  await database.prisma.report.update({
    where: { id: report.reportId },
    data: { finalizedById: coderId },
  });
  await setShare(database, { share: 1, actorId: coderId });
  await choose({ database }, report.reportId);
  return report;
}

/** What the hook does while a report is finalized. */
export function choose({ database }: Pick<Deps, 'database'>, reportId: string): Promise<void> {
  return database.prisma.$transaction((tx) =>
    chooseForSecondCoding('secret')(tx, { reportId, transcriptVersion: 1, kind: 'finalized' }),
  );
}

/** The next report coded by somebody else: units as they are cut by these words, with these codes. */
export async function codeNext(
  deps: Deps,
  { userId, units }: { userId: string; units: { text: string; codes: string[] }[] },
): Promise<string> {
  const claim = await claimCoding(deps, { userId });
  if (!claim) throw new Error('nothing to code');
  const { text, revision } = await readCoding(deps, { codingId: claim.codingId, userId });
  let from = 0;
  const coded = units.map(({ text: words, codes }) => {
    const start = text.indexOf(words, from);
    if (start < 0) throw new Error(`"${words}" is not in the text`);
    from = start + words.length;
    return { start, end: from, codes };
  });
  await finishCoding(deps, { ...claim, userId, revision, units: coded });
  return claim.codingId;
}
