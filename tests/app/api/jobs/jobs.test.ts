import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../../platform/new-id.ts';
import type { Prisma } from '../../../../prisma/generated/client/client.ts';
import { buildCompany, idOf } from '../../../review-console/support/company.ts';
import { SAMPLE_RATE, storeAudio } from '../../../review-console/workbench/store-audio.ts';
import { type ApiKit, createApiKit, type Send } from '../../support/api-kit.ts';
import { ADMIN_TOKEN } from '../../support/test-platform.ts';

let kit: ApiKit;
let worker: Awaited<ReturnType<ApiKit['person']>>;
let references = 7_000_000;

beforeAll(async () => {
  kit = await createApiKit();
  await buildCompany(kit.platform.database, { now: kit.platform.clock.now(), reports: 1 });
  worker = await kit.person('transcriptionist');
});
afterAll(() => kit.close());
beforeEach(() =>
  kit.platform.database.prisma.job.updateMany({ data: { status: 'closed', leaseToken: null } }),
);

async function addJob(job: Partial<Prisma.JobUncheckedCreateInput> = {}) {
  references += 1;
  const dictationId = newId();
  const audio = await storeAudio(kit.platform.objects, dictationId, 4);
  await kit.platform.database.prisma.dictation.create({
    data: {
      id: dictationId,
      reference: String(references),
      lineId: idOf('line'),
      speakerId: idOf('r1'),
      status: 'submitted',
      startedAt: kit.platform.clock.now(),
      ...audio,
    },
  });
  const dueAt = new Date(kit.platform.clock.now().getTime() + 3_600_000);
  const { id } = await kit.platform.database.prisma.job.create({
    data: { dictationId, status: 'waiting', dueAt, ...job },
  });
  return { id, dictationId };
}

interface Claimed {
  id: string;
  leaseToken: string;
  draft: { revision: number; text: string };
}
async function claim(by: Send, jobId?: string): Promise<Claimed> {
  const answer = await by('POST', '/api/v1/jobs/claim', jobId ? { jobId } : {});
  expect(answer.status).toBe(200);
  return answer.body as Claimed;
}
const draft = (leaseToken: string, revision: number, text: string) => ({
  leaseToken,
  revision,
  text,
  anchors: [[0, 300]],
  audioPositionMs: 300,
});

describe('jobs', () => {
  test('a stranger gets nothing and changes nothing', async () => {
    const { id } = await addJob();
    const { leaseToken } = await claim(worker, id);
    const at = `/api/v1/jobs/${id}`;
    for (const answer of [
      await kit.stranger('GET', '/api/v1/jobs'),
      await kit.stranger('GET', at),
      await kit.stranger('GET', `${at}/vocabulary`),
      await kit.stranger('POST', '/api/v1/jobs/claim', {}),
      await kit.stranger('POST', `${at}/heartbeat`, { leaseToken }),
      await kit.stranger('PUT', `${at}/draft`, draft(leaseToken, 0, 'stolen')),
      await kit.stranger('POST', `${at}/analysis`, { text: 'x' }),
      await kit.stranger('POST', `${at}/finalize`, { leaseToken, text: 'x' }),
      await kit.stranger('POST', `${at}/release`, { leaseToken, reason: 'x' }),
      await kit.stranger('POST', `${at}/close`, { leaseToken, code: 'test' }),
    ]) {
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ error: { code: 'unauthenticated' } });
    }
    const job = await kit.platform.database.prisma.job.findUniqueOrThrow({
      where: { id },
      include: { draft: true },
    });
    expect(job).toMatchObject({ status: 'claimed', leaseToken, draft: null });
  });

  test('are not for reps and managers, and a session needs its CSRF token', async () => {
    const { id } = await addJob();
    const manager = await kit.person('manager', 'rep', 'proposal_manager');
    expect((await manager('GET', '/api/v1/jobs')).status).toBe(403);
    expect((await manager('POST', '/api/v1/jobs/claim', {})).status).toBe(403);
    expect((await worker.withoutCsrf('POST', '/api/v1/jobs/claim', { jobId: id })).status).toBe(403);
  });

  test('come in the order of the queue, by status', async () => {
    const now = kit.platform.clock.now().getTime();
    const later = await addJob({ dueAt: new Date(now + 7_200_000) });
    const sooner = await addJob({ dueAt: new Date(now + 60_000) });
    const { body } = await worker('GET', '/api/v1/jobs?status=waiting,claimed');
    expect((body as { jobs: { id: string }[] }).jobs.map((job) => job.id)).toEqual([sooner.id, later.id]);
    expect((await worker('GET', '/api/v1/jobs?status=nonsense')).status).toBe(400);
  });

  test('the next one is claimed by one person only; then there is nothing to do', async () => {
    const { id } = await addJob();
    const other = await kit.person('transcriptionist');
    const [a, b] = await Promise.all([
      worker('POST', '/api/v1/jobs/claim', {}),
      other('POST', '/api/v1/jobs/claim', {}),
    ]);
    expect([a.status, b.status].sort()).toEqual([200, 204]);
    expect([a, b].find((answer) => answer.status === 200)?.body).toMatchObject({
      id,
      leaseToken: expect.any(String),
    });
  });

  test('automation claims in the name of a person', async () => {
    const { id } = await addJob();
    const answer = await kit.automation('POST', '/api/v1/jobs/claim', { userId: worker.id });
    expect(answer.body).toMatchObject({ id, claimedBy: { id: worker.id }, leaseToken: expect.any(String) });
    expect((await worker('POST', '/api/v1/jobs/claim', { userId: randomUUID() })).status).toBe(403);
  });

  test('what automation types and finishes carries the name of the person it claimed for', async () => {
    const { id, dictationId } = await addJob();
    const { body } = await kit.automation('POST', '/api/v1/jobs/claim', { jobId: id, userId: worker.id });
    const { leaseToken } = body as Claimed;
    const text = 'I saw Rosa yesterday.';
    const saved = await kit.automation('PUT', `/api/v1/jobs/${id}/draft`, draft(leaseToken, 0, text));
    expect(saved.status).toBe(200);
    const finish = () => kit.automation('POST', `/api/v1/jobs/${id}/finalize`, { leaseToken, text });
    const finished = await finish();
    expect(finished.status).toBe(200);
    expect((await finish()).body).toEqual(finished.body);
    const { prisma } = kit.platform.database;
    expect(await prisma.report.findUnique({ where: { dictationId } })).toMatchObject({
      finalizedById: worker.id,
    });
    expect(await prisma.transcript.findFirst({ where: { dictationId } })).toMatchObject({
      authorId: worker.id,
    });
  });

  test('the lease token is shown to the one who has the job, and to nobody else', async () => {
    const { id } = await addJob();
    const { leaseToken } = await claim(worker, id);
    const other = await kit.person('transcriptionist');
    expect((await worker('GET', `/api/v1/jobs/${id}`)).body).toMatchObject({ leaseToken });
    expect((await other('GET', `/api/v1/jobs/${id}`)).body).toMatchObject({
      leaseToken: null,
      claimedBy: { id: worker.id },
    });
    expect((await other('POST', '/api/v1/jobs/claim', { jobId: id })).status).toBe(409);
  });

  test('a draft is saved on its revision; another revision is a conflict that shows what is there', async () => {
    const { id } = await addJob();
    const { leaseToken } = await claim(worker, id);
    const put = (revision: number, text: string) =>
      worker('PUT', `/api/v1/jobs/${id}/draft`, draft(leaseToken, revision, text));
    expect((await put(0, 'I saw Rosa')).body).toMatchObject({ revision: 1, savedAt: expect.any(String) });
    // The answer got lost and the same is sent again.
    expect((await put(0, 'I saw Rosa')).body).toMatchObject({ revision: 1 });
    const conflict = await put(0, 'Something else');
    expect(conflict.status).toBe(409);
    expect(conflict.body).toMatchObject({
      error: { code: 'conflict' },
      draft: { revision: 1, text: 'I saw Rosa', anchors: [[0, 300]] },
    });
    expect((await worker('GET', `/api/v1/jobs/${id}`)).body).toMatchObject({ draft: { text: 'I saw Rosa' } });
  });

  test('what is settled in the review stays in the draft', async () => {
    const { id } = await addJob();
    const { leaseToken } = await claim(worker, id);
    const review = { version: 1, units: [{ start: 0 }], note: null };
    await worker('PUT', `/api/v1/jobs/${id}/draft`, { ...draft(leaseToken, 0, 'x'), review });
    await worker('PUT', `/api/v1/jobs/${id}/draft`, draft(leaseToken, 1, 'xy'));
    expect((await worker('GET', `/api/v1/jobs/${id}`)).body).toMatchObject({ draft: { text: 'xy', review } });
  });

  test('nothing is written with a lease that was taken over', async () => {
    const { id } = await addJob();
    const { leaseToken: old } = await claim(worker, id);
    const { leaseToken } = await claim(worker, id);
    expect(leaseToken).not.toBe(old);
    for (const answer of [
      await worker('PUT', `/api/v1/jobs/${id}/draft`, draft(old, 0, 'late')),
      await worker('POST', `/api/v1/jobs/${id}/heartbeat`, { leaseToken: old }),
      await worker('POST', `/api/v1/jobs/${id}/release`, { leaseToken: old, reason: 'x' }),
      await worker('POST', `/api/v1/jobs/${id}/close`, { leaseToken: old, code: 'test' }),
      await worker('POST', `/api/v1/jobs/${id}/finalize`, { leaseToken: old, text: 'late' }),
    ]) {
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ error: { code: 'lease_lost' } });
    }
    expect((await worker('POST', `/api/v1/jobs/${id}/heartbeat`, { leaseToken })).body).toEqual({
      leaseExpiresAt: expect.any(String),
    });
  });

  test('a job is released with its draft and a reason, or closed with a code', async () => {
    const { id } = await addJob();
    const { leaseToken } = await claim(worker, id);
    await worker('PUT', `/api/v1/jobs/${id}/draft`, draft(leaseToken, 0, 'half'));
    expect((await worker('POST', `/api/v1/jobs/${id}/release`, { leaseToken, reason: ' ' })).status).toBe(
      400,
    );
    expect(
      (await worker('POST', `/api/v1/jobs/${id}/release`, { leaseToken, reason: 'End of shift' })).status,
    ).toBe(204);
    const other = await kit.person('transcriptionist');
    const again = await claim(other, id);
    expect(again.draft.text).toBe('half');
    const close = (code: string) =>
      other('POST', `/api/v1/jobs/${id}/close`, { leaseToken: again.leaseToken, code });
    expect((await close('bored')).status).toBe(400);
    expect((await close('not_a_report')).status).toBe(204);
    const job = await kit.platform.database.prisma.job.findUniqueOrThrow({ where: { id } });
    expect(job).toMatchObject({ status: 'closed', closeCode: 'not_a_report' });
  });

  test('the vocabulary marks what belongs to the speaker and has the codebook', async () => {
    const { id } = await addJob();
    const { body } = await worker('GET', `/api/v1/jobs/${id}/vocabulary`);
    const { terms, codes } = body as {
      terms: { kind: string; name: string; own: boolean }[];
      codes: { key: string }[];
    };
    expect(terms.filter((term) => term.kind === 'product').length).toBeGreaterThan(5);
    expect(terms.some((term) => term.kind === 'contact' && term.own)).toBe(true);
    expect(codes.map((code) => code.key)).toContain('next-step');
  });

  test('from text to report: analysis, then finalize with what a person settled; twice gives the same', async () => {
    const { id } = await addJob();
    const { leaseToken } = await claim(worker, id);
    const text = 'I went by Double T yesterday. I will get them a quote on the CR-400 by Friday.';
    const analysis = await worker('POST', `/api/v1/jobs/${id}/analysis`, { text });
    expect(analysis.status).toBe(200);
    expect(analysis.body).toMatchObject({
      units: [{ number: 1, start: 0 }, { number: 2 }],
      fields: {
        account: { display: 'Double T Cattle Feeders' },
        products: [{ display: 'CR-400 Split Case Pump' }],
      },
    });
    const finish = () => worker('POST', `/api/v1/jobs/${id}/finalize`, { leaseToken, text, anchors: [] });
    const first = await finish();
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      reportId: expect.any(String),
      reference: expect.stringMatching(/^\d{7}$/),
    });
    expect((await finish()).body).toEqual(first.body);
    const { prisma } = kit.platform.database;
    expect(
      await prisma.outboxEntry.count({ where: { reportId: (first.body as { reportId: string }).reportId } }),
    ).toBe(1);
  });

  test('an empty text, or units that do not fit it, make no report', async () => {
    const { id } = await addJob();
    const { leaseToken } = await claim(worker, id);
    for (const body of [
      { leaseToken, text: ' ' },
      { leaseToken, text: 'Two words', units: [{ start: 0, end: 3, codes: ['need'] }] },
    ])
      expect((await worker('POST', `/api/v1/jobs/${id}/finalize`, body)).status).toBe(400);
    expect((await kit.platform.database.prisma.job.findUniqueOrThrow({ where: { id } })).status).toBe(
      'claimed',
    );
  });
});

describe('audio', () => {
  const bytesOf = async (url: string, as: { cookie?: string; token?: boolean; range?: string }) =>
    kit.app.inject({
      method: 'GET',
      url,
      headers: {
        ...(as.token && { authorization: `Bearer ${ADMIN_TOKEN}` }),
        ...(as.range && { range: as.range }),
      },
    });

  test('a stranger hears nothing', async () => {
    const { dictationId } = await addJob();
    for (const url of [
      `/api/v1/dictations/${dictationId}/audio`,
      `/api/v1/dictations/${dictationId}/peaks`,
      `/api/v1/reports/${randomUUID()}/units/1/audio`,
    ])
      expect((await kit.stranger('GET', url)).status).toBe(401);
  });

  test('a rep hears only what they said themselves', async () => {
    const { dictationId } = await addJob();
    const rep = await kit.person('rep');
    expect((await rep('GET', `/api/v1/dictations/${dictationId}/audio`)).status).toBe(404);
    expect((await rep('GET', `/api/v1/dictations/${dictationId}/peaks`)).status).toBe(404);
    await kit.platform.database.prisma.dictation.update({
      where: { id: dictationId },
      data: { speakerId: rep.id },
    });
    expect((await rep('GET', `/api/v1/dictations/${dictationId}/audio`)).status).toBe(200);
  });

  test('is read whole or in pieces, as players do', async () => {
    const { dictationId } = await addJob();
    const url = `/api/v1/dictations/${dictationId}/audio`;
    const whole = await bytesOf(url, { token: true });
    const total = 44 + 4 * SAMPLE_RATE * 2;
    expect(whole.statusCode).toBe(200);
    expect(whole.headers).toMatchObject({ 'accept-ranges': 'bytes', 'content-type': 'audio/wav' });
    expect(whole.rawPayload.length).toBe(total);
    for (const [range, start, end] of [
      ['bytes=0-99', 0, 99],
      ['bytes=1000-', 1000, total - 1],
      ['bytes=-10', total - 10, total - 1],
      [`bytes=60000-${total + 500}`, 60_000, total - 1],
    ] as const) {
      const piece = await bytesOf(url, { token: true, range });
      expect(piece.statusCode).toBe(206);
      expect(piece.headers['content-range']).toBe(`bytes ${start}-${end}/${total}`);
      expect(piece.rawPayload.equals(whole.rawPayload.subarray(start, end + 1))).toBe(true);
    }
    const beyond = await bytesOf(url, { token: true, range: `bytes=${total}-` });
    expect(beyond.statusCode).toBe(416);
    expect(beyond.headers['content-range']).toBe(`bytes */${total}`);
  });

  test('who heard it is written down once, not for each piece', async () => {
    const { dictationId } = await addJob();
    const url = `/api/v1/dictations/${dictationId}/audio`;
    for (const range of ['bytes=0-', 'bytes=500-900', 'bytes=1000-'])
      await bytesOf(url, { token: true, range });
    expect(await kit.platform.database.prisma.auditEntry.count({ where: { subjectId: dictationId } })).toBe(
      1,
    );
  });

  test('the waveform comes in as many points as asked for', async () => {
    const { dictationId } = await addJob();
    const { body } = await worker('GET', `/api/v1/dictations/${dictationId}/peaks?points=20`);
    expect(body).toMatchObject({ durationSeconds: 4, peaksPerSecond: 5 });
    const { peaks } = body as { peaks: number[] };
    expect(peaks).toHaveLength(40);
    expect(Math.max(...peaks)).toBeGreaterThan(20);
    expect(Math.min(...peaks)).toBeLessThan(-20);
  });

  test("a unit's own piece is a file of its own", async () => {
    const { id, dictationId } = await addJob();
    const { leaseToken } = await claim(worker, id);
    const text = 'We met. They want pumps.';
    const answer = await worker('POST', `/api/v1/jobs/${id}/finalize`, { leaseToken, text });
    const { reportId } = answer.body as { reportId: string };
    await kit.platform.database.prisma.thoughtUnit.updateMany({
      where: { reportId, number: 1 },
      data: { audioStartMs: 1000, audioEndMs: 1500 },
    });
    const whole = await bytesOf(`/api/v1/dictations/${dictationId}/audio`, { token: true });
    const piece = await bytesOf(`/api/v1/reports/${reportId}/units/1/audio`, { token: true });
    expect(piece.statusCode).toBe(200);
    expect(piece.rawPayload.length).toBe(44 + SAMPLE_RATE);
    const start = 44 + SAMPLE_RATE * 2;
    expect(piece.rawPayload.subarray(44).equals(whole.rawPayload.subarray(start, start + SAMPLE_RATE))).toBe(
      true,
    );
    expect((await bytesOf(`/api/v1/reports/${reportId}/units/99/audio`, { token: true })).statusCode).toBe(
      404,
    );
  });
});
