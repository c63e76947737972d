import { expect, test } from 'vitest';
import { type ExpectedPart, matchRecordings } from '../../../ivr/tasks/match-recordings.ts';

const at = (second: number) => new Date(Date.UTC(2026, 2, 2, 14, 0, second));
const part = (recordingId: string, second: number, isOpen = true): ExpectedPart => ({
  recordingId,
  expectedAt: at(second),
  isOpen,
});
const carrier = (carrierRecordingId: string, second: number | null) => ({
  carrierRecordingId,
  mediaPath: '/m',
  durationSeconds: 5,
  startedAt: second === null ? null : at(second),
});

test.each([
  [
    'each to the part that was due when it began',
    [part('a', 0), part('b', 20)],
    [carrier('1', 3), carrier('2', 23)],
    'a1 b2',
  ],
  [
    'whatever order the carrier lists them in',
    [part('a', 0), part('b', 20)],
    [carrier('2', 23), carrier('1', 3)],
    'a1 b2',
  ],
  [
    'a part that was never recorded is skipped',
    [part('a', 0), part('b', 20), part('c', 40)],
    [carrier('1', 3), carrier('3', 43)],
    'a1 c3',
  ],
  [
    'parts that are known are not taken again',
    [part('a', 0, false), part('b', 20)],
    [carrier('2', 23)],
    'b2',
  ],
  ['clocks that differ a little', [part('a', 0), part('b', 20)], [carrier('2', 19)], 'b2'],
  ['no time: the first open part', [part('a', 0, false), part('b', 20)], [carrier('2', null)], 'b2'],
  ['begun before anything was asked for: the first open part', [part('a', 30)], [carrier('1', 3)], 'a1'],
  [
    'more recordings than parts: the last part gets what is left',
    [part('a', 0)],
    [carrier('1', 3), carrier('2', 9)],
    'a1 a2',
  ],
  ['no parts: nothing', [], [carrier('1', 3)], ''],
] as const)('%s', (_what, parts, recordings, matches) => {
  const found = matchRecordings(parts, recordings);
  expect(
    found.map(({ recordingId, recording }) => recordingId + recording.carrierRecordingId).join(' '),
  ).toBe(matches);
});
