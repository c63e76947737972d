import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildReport } from '../../support/build-report.ts';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
let rep: Awaited<ReturnType<ApiKit['person']>>;
let supervisor: Awaited<ReturnType<ApiKit['person']>>;
let reportId: string;

beforeAll(async () => {
  kit = await createApiKit();
  rep = await kit.person('rep');
  supervisor = await kit.person('supervisor');
  reportId = (await buildReport(kit.platform.database, { speakerId: rep.id })).reportId;
});
afterAll(() => kit.close());

const prisma = () => kit.platform.database.prisma;
const flag = (send: ApiKit['stranger'], body: object = {}) =>
  send('POST', `/api/v1/reports/${reportId}/flags`, body);

describe('what is marked as wrong', () => {
  test('is nothing for strangers and others', async () => {
    const some = '01890000-0000-7000-8000-000000000000';
    for (const [method, url] of [
      ['GET', '/api/v1/flags'],
      ['POST', `/api/v1/reports/${reportId}/flags`],
      ['POST', `/api/v1/flags/${some}/settle`],
      ['POST', `/api/v1/flags/${some}/owner`],
    ] as const)
      expect((await kit.stranger(method, url, method === 'POST' ? {} : undefined)).status).toBe(401);
    const other = await kit.person('rep');
    expect((await flag(other)).status).toBe(404);
    expect(await prisma().reportFlag.count()).toBe(0);
  });

  test('has an owner, is listed, handed over, and settled with a word', async () => {
    const made = await flag(rep, { about: { unit: 1 }, note: 'They do not.' });
    expect(made).toMatchObject({ status: 200, body: { created: true } });
    const { flagId } = made.body as { flagId: string };
    expect((await flag(rep, { about: { unit: 1 }, note: 'They do not.' })).body).toEqual({
      flagId,
      created: false,
    });
    const listed = await supervisor('GET', '/api/v1/flags?whose=mine');
    expect(listed.body).toMatchObject({
      flags: [{ id: flagId, subject: 'Unit 1', unit: 1, owner: { id: supervisor.id }, settledAt: null }],
      nextCursor: null,
    });
    const stranger = await kit.person('rep');
    expect((await stranger('GET', '/api/v1/flags')).body).toMatchObject({ flags: [] });
    expect((await stranger('POST', `/api/v1/flags/${flagId}/settle`, {})).status).toBe(403);

    const typist = await kit.person('transcriptionist');
    const owned = await supervisor('POST', `/api/v1/flags/${flagId}/owner`, { ownerId: typist.id });
    expect(owned).toMatchObject({ status: 200, body: { reportId } });
    expect((await supervisor('POST', `/api/v1/flags/${flagId}/owner`, { ownerId: rep.id })).status).toBe(400);
    const settled = await typist('POST', `/api/v1/flags/${flagId}/settle`, { settlement: 'Corrected.' });
    expect(settled.status).toBe(200);
    expect((await rep('GET', '/api/v1/flags?whose=made&settled=true')).body).toMatchObject({
      flags: [{ id: flagId, settlement: 'Corrected.', settledBy: { id: typist.id } }],
    });
  });

  test('what the report has not can not be marked, nor two things at once', async () => {
    expect((await flag(rep, { about: { unit: 9 } })).status).toBe(400);
    const both = { unit: 1, valueId: '01890000-0000-7000-8000-000000000000' };
    expect((await flag(rep, { about: both })).status).toBe(400);
  });
});
