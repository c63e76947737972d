import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildDictation } from '../../transcription/support/build-dictation.ts';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
let june: Awaited<ReturnType<ApiKit['person']>>;
let omar: Awaited<ReturnType<ApiKit['person']>>;
let boss: Awaited<ReturnType<ApiKit['person']>>;

beforeAll(async () => {
  kit = await createApiKit();
  june = await kit.person('transcriptionist');
  omar = await kit.person('transcriptionist');
  boss = await kit.person('supervisor');
});
afterAll(() => kit.close());
beforeEach(async () => {
  await kit.platform.database.pool.query('truncate dictation, pause cascade');
});

const prisma = () => kit.platform.database.prisma;
const add = () =>
  buildDictation(kit.platform.database, {
    now: kit.platform.clock.now(),
    job: { status: 'waiting' },
    durationSeconds: 120,
  });
const take = async (who: typeof june, jobId?: string) => {
  const { status, body } = await who('POST', '/api/v1/jobs/claim', jobId ? { jobId } : {});
  return status === 200 ? (body as { id: string; leaseToken: string }) : null;
};

describe('what a supervisor does', () => {
  test('is for supervisors and administrators', async () => {
    const { jobId } = await add();
    const acts: [string, object][] = [
      [`/api/v1/jobs/${jobId}/reassign`, { toUserId: null }],
      [`/api/v1/jobs/${jobId}/due`, { kind: 'usual' }],
      ['/api/v1/queue/pause', { kind: 'job', id: jobId, reason: 'Wait' }],
      ['/api/v1/queue/resume', { kind: 'job', id: jobId }],
      ['/api/v1/queue/requirements', { of: { kind: 'line', id: randomUUID() }, requirements: [] }],
    ];
    for (const [url, body] of acts) {
      expect((await kit.stranger('POST', url, body)).status, url).toBe(401);
      expect((await june('POST', url, body)).status, url).toBe(403);
    }
    expect((await june('GET', '/api/v1/queue')).status).toBe(403);
    const done = await Promise.all(acts.map(([url, body]) => boss('POST', url, body)));
    expect(done.map(({ status }) => status)).toEqual([204, 204, 204, 204, 404]);
    // They look on; whoever types takes.
    expect((await boss('GET', '/api/v1/jobs')).status).toBe(200);
    expect((await boss('POST', '/api/v1/jobs/claim', {})).status).toBe(403);
  });

  test('shows when each job will be done, and why one will be late', async () => {
    const { jobId } = await add();
    const empty = await boss('GET', '/api/v1/queue');
    expect(empty.body).toMatchObject({
      jobs: [{ id: jobId, doneAt: null, late: 'Nobody is at work' }],
      people: [],
    });
    expect((await june('POST', '/api/v1/queue/seen')).status).toBe(204);
    const { body } = await boss('GET', '/api/v1/queue');
    expect(body).toMatchObject({
      jobs: [{ id: jobId, state: 'waiting', late: null }],
      groups: [{ requirements: [], jobs: 1, audioMinutes: 2, late: 0 }],
      people: [{ id: june.id, pace: 0.25, measuredSeconds: 0, paused: null }],
    });
  });
});

describe('a job', () => {
  test('is handed over to a person whom its holder chooses among those who may', async () => {
    const { jobId } = await add();
    const job = await take(june);
    const { body } = await june('GET', `/api/v1/jobs/${jobId}/people`);
    const people = (body as { people: { id: string }[] }).people.map(({ id }) => id);
    expect(people).toEqual(expect.arrayContaining([june.id, omar.id]));
    expect(people).not.toContain(boss.id);
    const give = { leaseToken: job?.leaseToken, toUserId: omar.id, note: 'Names in the second half' };
    expect((await june('POST', `/api/v1/jobs/${jobId}/hand-over`, give)).status).toBe(204);
    expect(await take(june)).toBe(null);
    const { body: his } = await omar('POST', '/api/v1/jobs/claim', {});
    expect(his).toMatchObject({ id: jobId, handover: { note: give.note } });
  });

  test('is held until an hour, and given back for another language', async () => {
    const { jobId } = await add();
    const job = await take(june);
    const until = new Date(kit.platform.clock.now().getTime() + 3_600_000).toISOString();
    const hold = { leaseToken: job?.leaseToken, until, reason: 'Asking Dale' };
    expect((await june('POST', `/api/v1/jobs/${jobId}/hold`, hold)).status).toBe(204);
    const again = await take(june, jobId);
    const release = { leaseToken: again?.leaseToken, reason: 'Spanish', language: 'es' };
    expect((await june('POST', `/api/v1/jobs/${jobId}/release`, release)).status).toBe(204);
    expect((await omar('POST', '/api/v1/jobs/claim', { jobId })).status).toBe(403);
    expect((await prisma().job.findUniqueOrThrow({ where: { id: jobId } })).ownRequirements).toEqual([
      'language:es',
    ]);
  });

  test('closed as a continuation says what became of it', async () => {
    const first = await add();
    const then = await buildDictation(kit.platform.database, {
      now: kit.platform.clock.now(),
      job: { status: 'waiting' },
      speakerId: first.speakerId,
      parts: [{ status: 'verified' }],
    });
    const job = await take(june, then.jobId);
    const close = { leaseToken: job?.leaseToken, code: 'continuation' };
    expect((await june('POST', `/api/v1/jobs/${then.jobId}/close`, close)).status).toBe(400);
    const named = { ...close, continues: first.reference };
    const answer = await june('POST', `/api/v1/jobs/${then.jobId}/close`, named);
    expect(answer).toMatchObject({ status: 200, body: { continued: 'joined' } });
  });
});

test('turnaround classes are read by supervisors and changed by administrators', async () => {
  const administrator = await kit.person('administrator');
  const { body } = await boss('GET', '/api/v1/turnaround-classes');
  const { classes } = body as { classes: { id: string; key: string }[] };
  expect(classes.map(({ key }) => key)).toEqual(['urgent', 'same_day', 'next_day']);
  const rule = { kind: 'by', workingDays: 0, untilMinute: 900, cutoffMinute: 960 };
  const own = { name: 'Board', rule: { ...rule, cutoffMinute: 840 } };
  expect((await boss('POST', '/api/v1/turnaround-classes', own)).status).toBe(403);
  expect((await administrator('POST', '/api/v1/turnaround-classes', { name: 'Board', rule })).status).toBe(
    400,
  );
  expect(await administrator('POST', '/api/v1/turnaround-classes', own)).toMatchObject({
    status: 201,
    body: own,
  });
  const urgent = `/api/v1/turnaround-classes/${classes[0]?.id}`;
  expect((await administrator('PATCH', urgent, { active: false })).status).toBe(409);
  const days = { weekdays: [1, 2, 3, 4, 5, 6], holidays: ['2026-12-25'] };
  expect((await administrator('PUT', '/api/v1/turnaround-classes/working-days', days)).status).toBe(204);
  expect((await boss('GET', '/api/v1/turnaround-classes')).body).toMatchObject({ calendar: days });
});
