import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';
import { type SomeData, seedSome } from '../support/seed-some.ts';

let kit: ApiKit;
let data: SomeData;
/** With audio: Double T, by Dale. */
let reportId: string;

beforeAll(async () => {
  kit = await createApiKit();
  data = await seedSome(kit, ['A-001', 'A-002', 'A-010', 'A-031']);
  reportId = data.reportIds.get('A-001') ?? '';
}, 120_000);
afterAll(() => kit.close());

interface ReportBody {
  id: string;
  units: { number: number; text: string; audioStartMs: number; codes: { code: string }[] }[];
  fields: { field: string; display: string; unit: number | null; certainty: string }[];
  sync: { status: string; targetField: string }[];
}

async function idsOf(query: string, send = kit.automation): Promise<string[]> {
  const { status, body } = await send('GET', `/api/v1/reports${query}`);
  expect(status).toBe(200);
  return (body as { reports: { id: string }[] }).reports.map(({ id }) => id);
}

describe('reports', () => {
  test('a stranger gets nothing', async () => {
    for (const url of ['/api/v1/reports', `/api/v1/reports/${reportId}`, '/api/v1/search?q=pump'])
      expect((await kit.stranger('GET', url)).status).toBe(401);
    expect((await kit.stranger('POST', `/api/v1/reports/${reportId}/read`)).status).toBe(401);
    expect(
      (
        await kit.stranger('POST', `/api/v1/reports/${reportId}/replies`, {
          text: 'x',
          requestId: randomUUID(),
        })
      ).status,
    ).toBe(401);
    expect(await kit.platform.database.prisma.reply.count()).toBe(0);
    expect(await kit.platform.database.prisma.reportRead.count()).toBe(0);
  });

  test('hold units, codes, fields and what became of them in the CRM', async () => {
    const { status, body } = await kit.automation('GET', `/api/v1/reports/${reportId}`);
    expect(status).toBe(200);
    const report = body as ReportBody;
    expect(body).toMatchObject({
      speaker: { name: 'Dale Hutchins' },
      account: { externalId: 'a16' },
      meetingType: 'visit',
      stage: 'proposal',
      hasAudio: true,
      version: 1,
      undelivered: false,
    });
    expect(report.units).toHaveLength(26);
    expect(report.units[1]).toMatchObject({ number: 2, codes: [{ code: 'admin', certainty: 'confirmed' }] });
    // Where the synthesizer says that it begins, but for a few characters' worth of interpolation.
    expect(Math.abs((report.units[1]?.audioStartMs ?? 0) - 4115)).toBeLessThan(100);
    const price = report.fields.find(({ display }) => display === '$2,800 (price)');
    expect(price).toMatchObject({
      field: 'amount',
      certainty: 'confirmed',
      confirmedBy: { name: 'Tess Moreno' },
    });
    expect(report.units.find(({ number }) => number === price?.unit)?.text).toContain('twenty-eight hundred');
    expect(report.sync.filter((entry) => entry.status === 'written').length).toBeGreaterThan(5);
  });

  test('are listed last finalized first, in pages without gap or repeat', async () => {
    const all = await idsOf('');
    expect(all).toHaveLength(3);
    const pages: string[] = [];
    let cursor = '';
    for (let page = 0; page < 4; page++) {
      const { body } = await kit.automation('GET', `/api/v1/reports?limit=1${cursor}`);
      const { reports, nextCursor } = body as { reports: { id: string }[]; nextCursor: string | null };
      pages.push(...reports.map(({ id }) => id));
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(pages).toEqual(all);
  });

  test('are filtered', async () => {
    expect(await idsOf('?accountId=a16')).toEqual([reportId]);
    expect(await idsOf(`?speakerId=${data.userId('priya.raman@caprock.example')}`)).toHaveLength(1);
    expect(await idsOf('?code=competitor&accountId=a16')).toEqual([reportId]);
    expect(await idsOf('?code=commitment&accountId=a16')).toEqual([]);
    expect(await idsOf('?unread=false')).toEqual([]);
    expect(await idsOf('?calledFrom=2100-01-01T00:00:00Z')).toEqual([]);
    expect((await kit.automation('GET', '/api/v1/reports?unread=perhaps')).status).toBe(400);
  });

  test('of others are hidden from reps', async () => {
    const rep = await kit.person('rep');
    expect(await idsOf('', rep)).toEqual([]);
    expect((await rep('GET', `/api/v1/reports/${reportId}`)).status).toBe(404);
    expect((await rep('POST', `/api/v1/reports/${reportId}/read`, {})).status).toBe(404);
    expect((await rep('POST', `/api/v1/reports/${reportId}/flags`, { subject: 'Unit 1' })).status).toBe(404);
    await kit.platform.database.prisma.report.update({
      where: { id: reportId },
      data: { speakerId: rep.id },
    });
    expect(await idsOf('', rep)).toEqual([reportId]);
    expect((await rep('GET', `/api/v1/reports/${reportId}`)).status).toBe(200);
    expect(
      (await rep('POST', `/api/v1/reports/${reportId}/replies`, { text: 'x', requestId: randomUUID() }))
        .status,
    ).toBe(403);
  });

  test('are read and answered once, by a person or on behalf of one', async () => {
    const manager = await kit.person('manager');
    const url = `/api/v1/reports/${reportId}`;
    expect((await manager('POST', `${url}/read`, {})).body).toEqual({ isNew: true });
    expect((await manager('POST', `${url}/read`, {})).body).toEqual({ isNew: false });
    expect(
      (await manager('POST', `${url}/read`, { userEmail: 'nora.whitfield@caprock.example' })).status,
    ).toBe(403);
    expect(
      (await kit.automation('POST', `${url}/read`, { userEmail: 'Nora.Whitfield@caprock.example' })).body,
    ).toEqual({ isNew: true });
    expect((await kit.automation('POST', `${url}/read`, { userEmail: 'nobody@example.com' })).status).toBe(
      400,
    );

    const reply = { text: 'Call her on Monday.', requestId: randomUUID() };
    const first = await manager('POST', `${url}/replies`, reply);
    expect(first.status).toBe(201);
    expect((await manager('POST', `${url}/replies`, reply)).body).toEqual(first.body);
    const { body } = await kit.automation('GET', url);
    expect(body).toMatchObject({
      reads: [{ user: { id: manager.id } }, { user: { name: 'Nora Whitfield' } }],
      replies: [{ text: reply.text, author: { id: manager.id }, heardAt: null }],
    });
    expect(await idsOf('?unread=false')).toEqual([reportId]);
  });

  test('have their next steps ticked off, by a person or on behalf of one', async () => {
    const { body } = await kit.automation('GET', `/api/v1/reports/${data.reportIds.get('A-002')}`);
    const { id, nextSteps } = body as {
      id: string;
      nextSteps: { position: number; doneAt: string | null }[];
    };
    const position = nextSteps[0]?.position ?? -1;
    const url = `/api/v1/reports/${id}/steps/${position}/done`;
    expect((await kit.stranger('POST', url, { done: true })).status).toBe(401);
    const other = await kit.person('rep');
    expect((await other('POST', url, { done: true })).status).toBe(404);
    expect((await (await kit.person('transcriptionist'))('POST', url, { done: true })).status).toBe(403);
    const asOther = { done: true, userId: other.id };
    expect((await kit.automation('POST', url, asOther)).status).toBe(403);
    expect((await kit.automation('POST', url, { done: 'yes' })).status).toBe(400);

    const doneAt = kit.platform.clock.now().toISOString();
    const manager = await kit.person('manager');
    expect(await manager('POST', url, { done: true })).toEqual({ status: 200, body: { doneAt } });
    const asRep = { done: true, userEmail: 'dale.hutchins@caprock.example' };
    expect(await kit.automation('POST', url, asRep)).toEqual({ status: 200, body: { doneAt } });
    expect((await kit.automation('GET', `/api/v1/reports/${id}`)).body).toMatchObject({
      nextSteps: expect.arrayContaining([expect.objectContaining({ position, doneAt })]),
    });
    expect(await manager('POST', url, { done: false })).toEqual({ status: 200, body: { doneAt: null } });
    const none = `/api/v1/reports/${id}/steps/999/done`;
    expect((await manager('POST', none, { done: true })).status).toBe(404);
  });

  test('are flagged as wrong, once', async () => {
    const url = `/api/v1/reports/${reportId}/flags`;
    const flag = { subject: 'Unit 3', note: 'It was his niece.' };
    expect((await kit.automation('POST', url, flag)).body).toMatchObject({ created: true });
    expect((await kit.automation('POST', url, flag)).body).toMatchObject({ created: false });
    expect((await kit.automation('POST', `/api/v1/reports/${randomUUID()}/flags`, flag)).status).toBe(404);
  });
});

describe('search', () => {
  test('finds units with the words marked, and only what one may see', async () => {
    const { body } = await kit.automation('GET', '/api/v1/search?q=checkbook');
    expect(body).toMatchObject({
      total: { units: 1, reports: 1 },
      found: [{ report: { id: reportId }, account: { name: expect.any(String) } }],
      nextCursor: null,
    });
    const { found } = body as { found: { passages: { text: string; hit: boolean }[] }[] };
    expect(found[0]?.passages.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['checkbook']);
    const rep = await kit.person('rep');
    expect((await rep('GET', '/api/v1/search?q=checkbook')).body).toMatchObject({ found: [] });
    expect((await kit.automation('GET', '/api/v1/search?q=pump&limit=2')).body).toMatchObject({
      nextCursor: expect.any(String),
    });
  });
});

describe('dictations', () => {
  test('show status, recordings with their hash and length, job and report', async () => {
    const { body } = await kit.automation('GET', '/api/v1/dictations?status=transcribed');
    const { dictations } = body as { dictations: { id: string; reportId: string }[] };
    expect(dictations).toHaveLength(3);
    const mine = dictations.find((row) => row.reportId === reportId);
    const one = await kit.automation('GET', `/api/v1/dictations/${mine?.id}`);
    expect(one.body).toMatchObject({
      status: 'transcribed',
      jobStatus: 'finalized',
      speaker: { name: expect.any(String) },
      recordings: [
        {
          part: 1,
          status: 'verified',
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          contentType: 'audio/x-wav',
        },
      ],
    });
    const { recordings } = one.body as { recordings: { durationSeconds: number }[] };
    expect(recordings[0]?.durationSeconds).toBeCloseTo(98.4, 0);
    const waiting = await kit.automation('GET', '/api/v1/dictations?status=submitted');
    expect(waiting.body).toMatchObject({ dictations: [{ jobStatus: 'waiting', reportId: null }] });
    expect((await kit.automation('GET', `/api/v1/dictations/${randomUUID()}`)).status).toBe(404);
  });
});

describe('CRM and sync', () => {
  test('records are searched and shown with the history of their fields', async () => {
    const { body } = await kit.automation('GET', '/api/v1/crm/records?objectType=account&q=double');
    const { records } = body as { records: { id: string; externalKey: string }[] };
    expect(records).toHaveLength(1);
    const one = await kit.automation('GET', `/api/v1/crm/records/${records[0]?.id}`);
    const { fields } = one.body as { fields: { history: { reportId: string }[]; display: string }[] };
    expect(fields.length).toBeGreaterThan(0);
    expect(fields.some(({ history }) => history[0]?.reportId === reportId)).toBe(true);
    expect((await kit.automation('GET', `/api/v1/crm/records/${randomUUID()}`)).status).toBe(404);
  });

  test('the flow is told in numbers, with what is behind each', async () => {
    const { body } = await kit.automation('GET', '/api/v1/sync');
    const { connectors } = body as { connectors: { connector: { id: string } }[] };
    expect(connectors).toHaveLength(1);
    const id = connectors[0]?.connector.id;
    const skipped = await kit.automation('GET', `/api/v1/sync/entries?connectorId=${id}&status=skipped`);
    expect(skipped.status).toBe(200);
    expect((await kit.automation('GET', '/api/v1/sync/problems')).body).toEqual({
      problems: [],
      nextCursor: null,
    });
  });

  test('a failed value is tried again, a conflict settled', async () => {
    const { prisma } = kit.platform.database;
    const entry = await prisma.syncEntry.findFirstOrThrow({ where: { status: 'written', reportId } });
    await prisma.syncEntry.update({ where: { id: entry.id }, data: { status: 'failed', lastError: 'full' } });
    expect((await kit.automation('GET', '/api/v1/sync/problems')).body).toMatchObject({
      problems: [{ id: entry.id, status: 'failed', message: 'full', report: { id: reportId } }],
    });
    expect((await kit.automation('POST', `/api/v1/sync/${entry.id}/retry`)).body).toEqual({ waiting: true });
    await prisma.syncEntry.update({
      where: { id: entry.id },
      data: { status: 'conflict', previous: 'theirs' },
    });
    const settle = `/api/v1/sync/${entry.id}/settle`;
    expect((await kit.automation('POST', settle, { keep: 'theirs' })).body).toEqual({ waiting: false });
    expect((await kit.automation('POST', settle, { keep: 'ours' })).status).toBe(409);
    expect((await kit.automation('POST', `/api/v1/sync/${randomUUID()}/retry`)).status).toBe(404);
  });
});

describe('vocabulary and codebook', () => {
  test('is read back as it was put', async () => {
    const { body } = await kit.automation('GET', '/api/v1/vocabulary');
    const put = await kit.automation('PUT', '/api/v1/vocabulary', body as object);
    expect(put).toMatchObject({ status: 200, body: { reps: 8, accounts: 40 } });
    expect((await kit.automation('GET', '/api/v1/vocabulary')).body).toEqual(body);
    const broken = { ...(body as object), contacts: [{ id: 'c1', name: 'A', account: 'nowhere' }] };
    expect((await kit.automation('PUT', '/api/v1/vocabulary', broken)).status).toBe(400);
    const manager = await kit.person('manager');
    expect((await manager('PUT', '/api/v1/vocabulary', body as object)).status).toBe(403);
  });

  test('the codebook has its newest version', async () => {
    const { body } = await kit.automation('GET', '/api/v1/codebook');
    expect(body).toMatchObject({ version: 1 });
    expect((body as { codes: { key: string }[] }).codes.map(({ key }) => key)).toContain('pricing');
  });
});

test('a correction is a new version: units that did not change keep their numbers, a stale one is refused', async () => {
  const corrected = data.reportIds.get('A-002') ?? '';
  const { body: before } = await kit.automation('GET', `/api/v1/reports/${corrected}`);
  const { units, version } = before as ReportBody & { version: number };
  const text = units.map((unit) => unit.text.replace('seals', 'gaskets')).join(' ');
  const url = `/api/v1/reports/${corrected}/corrections`;
  expect((await kit.stranger('POST', url, { text, version })).status).toBe(401);

  expect(await kit.automation('POST', url, { text, version })).toMatchObject({
    status: 200,
    body: { reportId: corrected, transcriptVersion: version + 1 },
  });
  expect((await kit.automation('POST', url, { text: `${text} More.`, version })).status).toBe(409);
  const { body: after } = await kit.automation('GET', `/api/v1/reports/${corrected}`);
  const now = after as ReportBody;
  const numberOf = (report: ReportBody, words: string) =>
    report.units.find((unit) => unit.text.includes(words))?.number;
  expect(numberOf(now, 'it was not a good visit')).toBe(
    numberOf(before as ReportBody, 'it was not a good visit'),
  );
  expect(numberOf(now, 'three gaskets')).toBeGreaterThan(units.length);
  expect(numberOf(now, 'three seals')).toBeUndefined();
  // Told in the order in which it is said, whatever the numbers are.
  const said = now.units.map((unit) => unit.text);
  expect(said).toEqual([...said].sort((a, b) => text.indexOf(a) - text.indexOf(b)));
  expect(said.findIndex((words) => words.includes('three gaskets'))).toBeLessThan(said.length - 1);
});
