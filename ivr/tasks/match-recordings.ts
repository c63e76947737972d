import type { CarrierRecording } from '../../transcription/ingest/carrier-media.ts';

export interface ExpectedPart {
  recordingId: string;
  /** When the carrier was told to record it. */
  expectedAt: Date;
  /** Nothing was heard of it yet. */
  isOpen: boolean;
}

export interface Match {
  recordingId: string;
  recording: CarrierRecording;
}

/** The carrier's clock and ours. */
const CLOCKS_DIFFER_MS = 2000;

/**
 * Which part each of the carrier's recordings is: the last one that the carrier had been told to record when the
 * recording began. A recording without a time, or begun before any part, goes to the first part that is open.
 *
 * @param parts in order of `expectedAt`, those that were announced as well, because they bound the others
 * @param unknown recordings that no part has
 * @returns each recording once, in order of their beginning; two may name the same part, announcing then makes the
 * second one a part of its own
 */
export function matchRecordings(
  parts: readonly ExpectedPart[],
  unknown: readonly CarrierRecording[],
): Match[] {
  const inOrder = [...unknown].sort((a, b) => (a.startedAt?.getTime() ?? 0) - (b.startedAt?.getTime() ?? 0));
  const taken = new Set<string>();
  const matches: Match[] = [];
  for (const recording of inOrder) {
    const free = parts.filter((part) => part.isOpen && !taken.has(part.recordingId));
    const part = partOf(free, recording) ?? free[0] ?? parts.at(-1);
    if (part === undefined) continue;
    taken.add(part.recordingId);
    matches.push({ recordingId: part.recordingId, recording });
  }
  return matches;
}

function partOf(parts: readonly ExpectedPart[], { startedAt }: CarrierRecording): ExpectedPart | undefined {
  if (startedAt === null) return undefined;
  return parts.findLast(({ expectedAt }) => expectedAt.getTime() <= startedAt.getTime() + CLOCKS_DIFFER_MS);
}
