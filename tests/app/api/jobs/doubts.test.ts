import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../../platform/new-id.ts';
import { buildCompany, idOf } from '../../../review-console/support/company.ts';
import { storeAudio } from '../../../review-console/workbench/store-audio.ts';
import { type ApiKit, createApiKit } from '../../support/api-kit.ts';

let kit: ApiKit;
let worker: Awaited<ReturnType<ApiKit['person']>>;
let references = 8_000_000;

beforeAll(async () => {
  kit = await createApiKit();
  await buildCompany(kit.platform.database, { now: kit.platform.clock.now(), reports: 1 });
  await kit.platform.database.prisma.user.update({ where: { id: idOf('r1') }, data: { pinHash: 'x' } });
  worker = await kit.person('transcriptionist');
});
afterAll(() => kit.close());
beforeEach(() =>
  kit.platform.database.prisma.job.updateMany({ data: { status: 'closed', leaseToken: null } }),
);

const TEXT = 'They want fifty pumps.';

/** A claimed job with a draft, and what marks "fifty" in it. */
async function typing() {
  references += 1;
  const dictationId = newId();
  const { prisma } = kit.platform.database;
  const now = kit.platform.clock.now();
  const audio = await storeAudio(kit.platform.objects, dictationId, 4);
  const job = await prisma.job.create({
    data: {
      status: 'waiting',
      dueAt: new Date(now.getTime() + 3 * 3_600_000),
      dictation: {
        create: {
          id: dictationId,
          reference: String(references),
          lineId: idOf('line'),
          speakerId: idOf('r1'),
          status: 'submitted',
          startedAt: now,
          ...audio,
        },
      },
    },
  });
  const at = `/api/v1/jobs/${job.id}`;
  const { leaseToken } = (await worker('POST', '/api/v1/jobs/claim', { jobId: job.id })).body as {
    leaseToken: string;
  };
  await worker('PUT', `${at}/draft`, {
    leaseToken,
    revision: 0,
    text: TEXT,
    anchors: [],
    audioPositionMs: 0,
  });
  const id = randomUUID();
  const place = { start: 10, end: 15, audioMs: 1000, audioEndMs: 2000 };
  return { at, jobId: job.id, leaseToken, id, mark: { leaseToken, id, kind: 'unsure_word', ...place } };
}

test('a stranger, and who has no business with jobs, gets nothing and changes nothing', async () => {
  const { at, mark, leaseToken, id } = await typing();
  await worker('POST', `${at}/doubts`, mark);
  const nobody = await kit.person('manager', 'rep', 'proposal_manager');
  for (const [send, status] of [
    [kit.stranger, 401],
    [nobody, 403],
  ] as const) {
    const answers = [
      await send('GET', `${at}/doubts`),
      await send('POST', `${at}/doubts`, { ...mark, id: randomUUID() }),
      await send('POST', `${at}/doubts/${id}/ask`, { leaseToken }),
      await send('POST', `${at}/doubts/${id}/resolve`, { leaseToken }),
      await send('POST', `${at}/doubts/${id}/remove`, { leaseToken }),
      await send('POST', `${at}/hold`, { leaseToken }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => status));
  }
  expect((await worker('GET', `${at}/doubts`)).body).toMatchObject({ doubts: [{ id, state: 'marked' }] });
});

test('a passage is marked, asked about, settled and taken away', async () => {
  const { at, jobId, mark, leaseToken, id } = await typing();
  const marked = await worker('POST', `${at}/doubts`, mark);
  expect(marked).toMatchObject({ status: 200, body: { id, state: 'marked', answers: [], note: null } });
  expect((await worker('POST', `${at}/doubts`, mark)).body).toEqual(marked.body);
  const asked = await worker('POST', `${at}/doubts/${id}/ask`, { leaseToken });
  expect(asked.body).toMatchObject({ state: 'asked', askedBy: { id: worker.id } });
  expect((await worker('GET', at)).body).toMatchObject({ doubts: [asked.body], answerTo: null });
  const { jobs } = (await worker('GET', '/api/v1/jobs')).body as { jobs: object[] };
  expect(jobs).toMatchObject([{ id: jobId, openDoubts: 1, answerTo: null }]);
  expect((await worker('POST', `${at}/doubts/${id}/resolve`, { leaseToken })).body).toMatchObject({
    state: 'resolved',
  });
  const other = { ...mark, id: randomUUID(), note: ' who? ' };
  expect((await worker('POST', `${at}/doubts`, other)).body).toMatchObject({ note: 'who?' });
  expect((await worker('POST', `${at}/doubts/${other.id}/remove`, { leaseToken })).status).toBe(204);
  expect((await worker('GET', `${at}/doubts`)).body).toMatchObject({ doubts: [{ id }] });
});

test('what does not fit is refused with a reason', async () => {
  const { at, mark, leaseToken, id } = await typing();
  expect((await worker('POST', `${at}/doubts`, { ...mark, end: 99 })).status).toBe(400);
  expect((await worker('POST', `${at}/doubts`, { ...mark, kind: 'odd' })).status).toBe(400);
  expect((await worker('POST', `${at}/doubts/${id}/ask`, { leaseToken })).status).toBe(404);
  expect((await worker('GET', `/api/v1/jobs/${randomUUID()}/doubts`)).status).toBe(404);
  const lost = await worker('POST', `${at}/doubts`, { ...mark, leaseToken: randomUUID() });
  expect(lost).toMatchObject({ status: 409, body: { error: { code: 'lease_lost' } } });
  expect(await worker('POST', `${at}/hold`, { leaseToken })).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringMatching(/no answer to wait for/) } },
  });
});

test('a draft carries the places of its marks', async () => {
  const { at, mark, leaseToken, id } = await typing();
  await worker('POST', `${at}/doubts`, mark);
  const save = (revision: number, text: string, marks?: object[]) =>
    worker('PUT', `${at}/draft`, { leaseToken, revision, text, audioPositionMs: 0, ...(marks && { marks }) });
  await save(1, `So. ${TEXT}`);
  expect((await worker('GET', at)).body).toMatchObject({ doubts: [{ start: 14, end: 19 }] });
  await save(2, `So. ${TEXT}`, [{ id, start: 4, end: 8 }]);
  expect((await worker('GET', at)).body).toMatchObject({ doubts: [{ start: 4, end: 8 }] });
  expect((await save(3, TEXT, [{ id, start: 5, end: 4 }])).status).toBe(400);
});

test('a job on hold is nobody’s', async () => {
  const { at, mark, leaseToken, id } = await typing();
  await worker('POST', `${at}/doubts`, mark);
  await worker('POST', `${at}/doubts/${id}/ask`, { leaseToken });
  expect((await worker('POST', `${at}/hold`, { leaseToken })).status).toBe(204);
  expect((await worker('GET', at)).body).toMatchObject({
    status: 'on_hold',
    claimedBy: null,
    leaseToken: null,
  });
  expect((await worker('POST', '/api/v1/jobs/claim', {})).status).toBe(204);
});
