import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDictation } from '../../../transcription/support/build-dictation.ts';
import { type ApiKit, createApiKit } from '../../support/api-kit.ts';

let kit: ApiKit;
let worker: Awaited<ReturnType<ApiKit['person']>>;
let jobId: string;
let leaseToken: string;
const at = () => `/api/v1/jobs/${jobId}`;

beforeAll(async () => {
  kit = await createApiKit();
  worker = await kit.person('transcriptionist');
  ({ jobId } = await buildDictation(kit.platform.database, {
    now: kit.platform.clock.now(),
    job: { status: 'waiting', dueAt: new Date(Date.now() + 3_600_000) },
    durationSeconds: 30,
  }));
  const { body } = await worker('POST', '/api/v1/jobs/claim', { jobId });
  ({ leaseToken } = body as { leaseToken: string });
  const save = (revision: number, text: string, more: object = {}) =>
    worker('PUT', `${at()}/draft`, { leaseToken, revision, text, anchors: [[0, 300]], ...more });
  await save(0, 'We met Rosa', { windowKey: 'ab12' });
  await save(1, 'We met Rosa at noon.', { windowKey: 'ab12' });
  await save(2, 'We met Rosa', { windowKey: 'cd34', restoredFrom: 1 });
});
afterAll(() => kit.close());

describe('the history of a job', () => {
  test('is not told to a stranger, nor to a typist whose job it is not', async () => {
    const other = await kit.person('transcriptionist');
    const manager = await kit.person('manager');
    for (const url of [`${at()}/history`, `${at()}/history/1`]) {
      expect((await kit.stranger('GET', url)).status).toBe(401);
      expect((await manager('GET', url)).status).toBe(403);
      expect((await other('GET', url)).status).toBe(403);
    }
  });

  test('tells each save with who made it, in which window', async () => {
    const { status, body } = await worker('GET', `${at()}/history`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      people: [{ id: worker.id }],
      versions: [
        {
          revision: 1,
          person: 0,
          window: 'ab12',
          restoredFrom: null,
          at: 0,
          removed: 0,
          inserted: 'We met Rosa',
        },
        { revision: 2, window: 'ab12', at: 11, removed: 0, inserted: ' at noon.' },
        { revision: 3, window: 'cd34', restoredFrom: 1, at: 11, removed: 9, inserted: '' },
      ],
    });
  });

  test('gives one version with its places in the audio', async () => {
    expect((await worker('GET', `${at()}/history/2`)).body).toMatchObject({
      text: 'We met Rosa at noon.',
      anchors: [[0, 300]],
      marks: [],
    });
    expect((await worker('GET', `${at()}/history/9`)).status).toBe(404);
    expect((await worker('GET', `/api/v1/jobs/${randomUUID()}/history`)).status).toBe(404);
  });

  test('stays open to whoever finished it, and to who sees to the work', async () => {
    await kit.platform.database.prisma.job.update({
      where: { id: jobId },
      data: { status: 'finalized', finalizedById: worker.id, leaseToken: null },
    });
    const supervisor = await kit.person('supervisor');
    for (const reader of [worker, supervisor, kit.automation])
      expect((await reader('GET', `${at()}/history`)).status).toBe(200);
  });
});
