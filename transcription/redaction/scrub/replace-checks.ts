import type { Tx } from '../../../platform/database/database.ts';
import { labelText } from '../labels.ts';
import { moveOffset, type TextPlace } from '../text/replace-spans.ts';

/**
 * Where a text was typed twice: differences within what is taken out keep their figures and lose their words, on both
 * sides and in the list of whoever made the mistake; the others move along. In: what was replaced in each transcript.
 */
export async function replaceChecks(
  tx: Tx,
  dictationIds: readonly string[],
  placesByTranscript: ReadonlyMap<string, readonly TextPlace[]>,
): Promise<void> {
  const checks = await tx.accuracyCheck.findMany({
    where: { dictationId: { in: [...dictationIds] } },
    include: { differences: true },
  });
  for (const { firstTranscriptId, secondTranscriptId, differences } of checks) {
    const first = placesByTranscript.get(firstTranscriptId) ?? [];
    const second = placesByTranscript.get(secondTranscriptId ?? '') ?? [];
    for (const { id, firstStart, firstEnd, secondStart, secondEnd, settledText } of differences) {
      const place =
        first.find(({ start, end }) => start < firstEnd && end > firstStart) ??
        second.find(({ start, end }) => start < secondEnd && end > secondStart);
      const words = place && labelText(place.label);
      await tx.checkDifference.update({
        where: { id },
        data: {
          firstStart: moveOffset(firstStart, first),
          firstEnd: moveOffset(firstEnd, first, true),
          secondStart: moveOffset(secondStart, second),
          secondEnd: moveOffset(secondEnd, second, true),
          ...(words && {
            firstText: words,
            secondText: words,
            settledText: settledText === null ? null : words,
          }),
        },
      });
      if (!words) continue;
      await tx.mistake.updateMany({
        where: { differenceId: id },
        data: { typed: words, right: words, pattern: words },
      });
    }
  }
}
