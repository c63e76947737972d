import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { settleDictation } from '../../../transcription/dictations/settle-dictation.ts';
import { sweepDictations } from '../../../transcription/dictations/sweep-dictations.ts';
import { copyRecording } from '../../../transcription/ingest/copy-recording.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildDictation } from '../support/build-dictation.ts';
import { toneWav } from '../support/make-wav.ts';
import { createTestCarrier } from '../support/test-carrier.ts';

const clock = createSettableClock();
const carrier = createTestCarrier();
let test: TestPlatform;

beforeAll(async () => {
  test = await createTestPlatform({ clock });
});
afterAll(() => test.close());

const PARTS = 3;
/** `arrive` twice is a webhook told twice; `settle` several times at once is several workers. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('arrive' as const), part: fc.nat({ max: PARTS - 1 }) }),
  fc.record({ kind: fc.constantFrom('settle' as const, 'settle at once' as const) }),
  fc.record({ kind: fc.constantFrom('finalize' as const, 'close' as const, 'wait' as const) }),
);

it('whatever comes in whatever order, each part is in the audio of exactly one dictation', async () => {
  const { platform } = test;
  const { prisma } = platform.database;
  const speech = toneWav(8000, 1);
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 10 }),
      fc.nat({ max: PARTS - 1 }),
      async (steps, silentPart) => {
        const built = await buildDictation(platform.database, {
          now: clock.now(),
          job: { status: 'preparing' },
          parts: Array.from({ length: PARTS }, () => ({})),
        });
        for (const [at, { mediaPath }] of built.recordings.entries()) {
          carrier.media.set(mediaPath, { body: at === silentPart ? toneWav(8000, 1, 440, 5) : speech });
        }
        const ids = built.recordings.map((recording) => recording.id);
        const dictations = async () =>
          [
            ...new Set(
              (await prisma.recording.findMany({ where: { id: { in: ids } } })).map((row) => row.dictationId),
            ),
            built.dictationId,
          ].filter((id, at, all) => all.indexOf(id) === at);
        const settleAll = async (times = 1) => {
          for (const id of await dictations()) {
            await Promise.all(Array.from({ length: times }, () => settleDictation(platform, id)));
          }
        };
        const arrive = (part: number) => copyRecording({ platform, carrierMedia: carrier }, ids[part] ?? '');

        for (const action of steps) {
          if (action.kind === 'arrive') await arrive(action.part);
          if (action.kind === 'settle') await settleAll();
          if (action.kind === 'settle at once') await settleAll(3);
          if (action.kind === 'wait') clock.advance(31 * 60_000);
          if (action.kind === 'finalize' || action.kind === 'close') {
            const done = action.kind === 'finalize';
            const { count } = await prisma.job.updateMany({
              where: { dictationId: built.dictationId, status: 'waiting' },
              data: done ? { status: 'finalized' } : { status: 'closed', closeCode: 'not_a_report' },
            });
            if (count > 0) {
              await prisma.dictation.update({
                where: { id: built.dictationId },
                data: { status: done ? 'transcribed' : 'discarded' },
              });
            }
          }
        }
        for (let part = 0; part < PARTS; part++) await arrive(part);
        clock.advance(31 * 60_000);
        await settleAll();
        await settleAll();

        const rows = await prisma.recording.findMany({
          where: { id: { in: ids } },
          include: { dictation: { include: { job: true } } },
        });
        for (const row of rows) {
          const isSilent = row.id === ids[silentPart];
          expect(row.status).toBe(isSilent ? 'empty' : 'verified');
          if (isSilent) continue;
          expect(row.audioStartMs).not.toBeNull();
          expect(['waiting', 'finalized', 'closed']).toContain(row.dictation.job?.status);
        }
        for (const id of await dictations()) {
          const inAudio = rows.filter((row) => row.dictationId === id && row.audioStartMs !== null);
          const { durationSeconds } = await prisma.dictation.findUniqueOrThrow({ where: { id } });
          expect(durationSeconds ?? 0).toBeCloseTo(inAudio.length, 6);
          expect(inAudio.map((row) => row.audioStartMs).toSorted()).toEqual(
            inAudio.map((_, at) => at * 1000),
          );
        }
        expect(await sweepDictations(platform)).toBe(0);
      },
    ),
    { numRuns: 20, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);
