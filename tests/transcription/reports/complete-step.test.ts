import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { Forbidden, NotFound } from '../../../platform/errors.ts';
import { completeStep } from '../../../transcription/reports/complete-step.ts';
import { buildReport, buildUser } from '../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';

const clock = createSettableClock();
let test: TestPlatform;
let manager: string;

beforeAll(async () => {
  test = await createTestPlatform({ clock });
  manager = (await buildUser(test.platform.database, { roles: ['manager'] })).id;
});
afterAll(() => test.close());

async function promised() {
  const { reportId, speakerId } = await buildReport(test.platform.database, {
    nextSteps: [{ text: 'Call Bonnie.' }, { text: 'Send the price.', certainty: 'refused' }],
  });
  return { reportId, rep: speakerId ?? '' };
}
const complete = (reportId: string, actorId: string, done = true, position = 0) =>
  completeStep(test.platform, { reportId, position, done, actorId });
const doneAt = async (reportId: string) =>
  (await test.platform.database.prisma.nextStep.findFirstOrThrow({ where: { reportId, position: 0 } }))
    .doneAt;
const audited = (reportId: string) =>
  test.platform.database.prisma.auditEntry.findMany({
    where: { subjectType: 'report', subjectId: reportId },
    orderBy: { at: 'asc' },
  });

it('is done once, by whoever said it first; taken back it is open; the log names each change', async () => {
  const { reportId, rep } = await promised();
  const first = clock.now();
  expect(await complete(reportId, rep)).toEqual({ doneAt: first });
  clock.advance(60_000);
  expect(await complete(reportId, manager)).toEqual({ doneAt: first });
  expect(await doneAt(reportId)).toEqual(first);
  expect(await complete(reportId, manager, false)).toEqual({ doneAt: null });
  expect(await complete(reportId, rep, false)).toEqual({ doneAt: null });
  expect(await doneAt(reportId)).toBeNull();
  expect(await audited(reportId)).toMatchObject([
    { at: first, actorId: rep, action: 'step.done', detail: { step: 1 } },
    { actorId: manager, action: 'step.reopened', detail: { step: 1 } },
  ]);
});

it('by several at once is one change', async () => {
  const { reportId, rep } = await promised();
  await Promise.all([rep, manager, rep].map((actor) => complete(reportId, actor)));
  expect(await audited(reportId)).toHaveLength(1);
});

it('is not for other reps or transcriptionists, and leaves nothing in the log', async () => {
  const { reportId } = await promised();
  const other = await promised();
  const transcriptionist = await buildUser(test.platform.database, { roles: ['transcriptionist'] });
  for (const actor of [other.rep, transcriptionist.id, randomUUID()])
    await expect(complete(reportId, actor)).rejects.toThrow(Forbidden);
  expect(await doneAt(reportId)).toBeNull();
  expect(await audited(reportId)).toEqual([]);
});

it('that is not there or was refused is not found', async () => {
  const { reportId } = await promised();
  await expect(complete(reportId, manager, true, 1)).rejects.toThrow(NotFound);
  await expect(complete(reportId, manager, true, 7)).rejects.toThrow(NotFound);
  await expect(complete(randomUUID(), manager)).rejects.toThrow(NotFound);
});

it('tells screens of a change, and only of one', async () => {
  const { reportId, rep } = await promised();
  const told: unknown[] = [];
  const events = {
    ...test.platform.events,
    publish: async (topic: string, data: Record<string, unknown>) => {
      told.push([topic, data]);
    },
  };
  const step = { reportId, position: 0, done: true, actorId: rep };
  await completeStep({ ...test.platform, events }, step);
  await completeStep({ ...test.platform, events }, step);
  expect(told).toEqual([['step.changed', { reportId }]]);
});
