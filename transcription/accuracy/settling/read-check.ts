import type { Tx } from '../../../platform/database/database.ts';
import { Forbidden, NotFound } from '../../../platform/errors.ts';
import type { CheckStatus, CheckVerdict } from '../../../prisma/generated/client/enums.ts';
import { replaceWords } from './compose-settled.ts';

export interface DifferenceToSettle {
  id: string;
  position: number;
  first: { start: number; end: number; text: string };
  second: { start: number; end: number; text: string };
  audioMs: number | null;
  audioEndMs: number | null;
  critical: boolean;
  criticalReason: string | null;
  verdict: CheckVerdict | null;
  settledText: string | null;
}

export interface CheckToSettle {
  id: string;
  status: CheckStatus;
  revision: number;
  dictationId: string;
  /** Of the dictation that was checked, never of its copy. */
  reference: string;
  startedAt: Date;
  durationSeconds: number | null;
  speaker: string | null;
  line: string;
  /** Null for a text that makes no report. */
  reportId: string | null;
  first: string;
  second: string;
  differences: DifferenceToSettle[];
  /** The text as it is settled so far; undecided places as they were typed first. */
  settled: string;
}

/** Who typed one of the two texts must not judge them. @throws Forbidden */
function refuseTypists(
  check: { id: string; firstTypistId: string | null; secondTypistId: string | null },
  userId: string,
): void {
  if (userId !== check.firstTypistId && userId !== check.secondTypistId) return;
  throw new Forbidden(`User ${userId} typed one of the texts of check ${check.id}`, {
    userMessage: 'You typed one of these two texts. Somebody else has to settle where they differ.',
  });
}

/**
 * A check with both texts, as its reviewer sees it: nothing in it tells who typed which.
 * @throws NotFound no such check, or its second text is not there yet
 * @throws Forbidden this person typed one of the texts
 */
export async function readCheck(
  tx: Tx,
  { checkId, userId }: { checkId: string; userId: string },
): Promise<CheckToSettle> {
  const check = await tx.accuracyCheck.findUnique({
    where: { id: checkId },
    include: {
      differences: { orderBy: { position: 'asc' } },
      dictation: {
        select: {
          id: true,
          reference: true,
          startedAt: true,
          durationSeconds: true,
          speaker: { select: { name: true } },
          line: { select: { name: true } },
          report: { select: { id: true } },
        },
      },
    },
  });
  if (!check?.secondTranscriptId) throw new NotFound(`No check ${checkId} to settle`);
  refuseTypists(check, userId);
  const texts = await tx.transcript.findMany({
    where: { id: { in: [check.firstTranscriptId, check.secondTranscriptId] } },
    select: { id: true, text: true },
  });
  const textOf = (id: string | null) => texts.find((text) => text.id === id)?.text ?? '';
  const { dictation } = check;
  const differences = check.differences.map(
    ({ firstStart, firstEnd, firstText, secondStart, secondEnd, secondText, checkId: _, ...rest }) => ({
      ...rest,
      first: { start: firstStart, end: firstEnd, text: firstText },
      second: { start: secondStart, end: secondEnd, text: secondText },
    }),
  );
  const first = textOf(check.firstTranscriptId);
  return {
    id: check.id,
    status: check.status,
    revision: check.revision,
    dictationId: dictation.id,
    reference: dictation.reference,
    startedAt: dictation.startedAt,
    durationSeconds: dictation.durationSeconds,
    speaker: dictation.speaker?.name ?? null,
    line: dictation.line.name,
    reportId: dictation.report?.id ?? null,
    first,
    second: textOf(check.secondTranscriptId),
    differences,
    settled: replaceWords(first, replacementsOf(differences)),
  };
}

/** What the verdicts change of the first text. Pure. */
export function replacementsOf(
  differences: readonly DifferenceToSettle[],
): { start: number; end: number; words: string }[] {
  return differences.flatMap(({ first, settledText, verdict }) =>
    verdict === null || settledText === null || settledText === first.text
      ? []
      : [{ start: first.start, end: first.end, words: settledText }],
  );
}
