import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countAndDeliver } from '../../review-console/support/deliver.ts';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';
import { type SomeData, seedSome } from '../support/seed-some.ts';

let kit: ApiKit;
let data: SomeData;
let reportId: string;
let manager: Awaited<ReturnType<ApiKit['person']>>;

beforeAll(async () => {
  kit = await createApiKit();
  data = await seedSome(kit, ['A-001', 'A-010']);
  reportId = data.reportIds.get('A-001') ?? '';
  manager = await kit.person('manager');
}, 120_000);
afterAll(() => kit.close());

const prisma = () => kit.platform.database.prisma;

interface Review {
  revision: number;
  rights: { codes: boolean; values: boolean };
  units: {
    number: number;
    text: string;
    codes: { code: string; certainty: string; confirmedBy: string | null }[];
  }[];
  values: { id: string; field: string; display: string; certainty: string; value: unknown }[];
  codes: { key: string }[];
  fields: { key: string }[];
  changes: { what: string; by: string | null }[];
}

async function read(send = manager): Promise<Review> {
  const { status, body } = await send('GET', `/api/v1/reports/${reportId}/review`);
  expect(status).toBe(200);
  return body as Review;
}

const decide = (changes: object[], revision: number, send: ApiKit['stranger'] = manager, more: object = {}) =>
  send('POST', `/api/v1/reports/${reportId}/review`, { requestId: randomUUID(), revision, changes, ...more });

describe('the review of a report', () => {
  test('is nothing for strangers, other reps and other transcriptionists', async () => {
    const all = [{ do: 'confirm' }];
    expect((await kit.stranger('GET', `/api/v1/reports/${reportId}/review`)).status).toBe(401);
    expect((await kit.stranger('GET', `/api/v1/reports/${reportId}/review/names/account`)).status).toBe(401);
    expect((await decide(all, 0, kit.stranger)).status).toBe(401);
    for (const role of ['rep', 'transcriptionist'] as const) {
      const other = await kit.person(role);
      expect((await other('GET', `/api/v1/reports/${reportId}/review`)).status).toBe(404);
      expect((await other('GET', `/api/v1/reports/${reportId}/review/names/account`)).status).toBe(404);
      expect((await decide(all, 0, other)).status).toBe(404);
    }
    expect((await decide(all, 0, manager.withoutCsrf)).status).toBe(403);
    expect(await prisma().reviewChange.count()).toBe(0);
  });

  test('a program that decides in nobody’s name is refused: what is confirmed, a person decided', async () => {
    expect((await decide([{ do: 'confirm' }], 0, kit.automation)).status).toBe(400);
    const named = await decide(
      [{ do: 'code', unit: 1, code: 'need', certainty: 'confirmed' }],
      0,
      kit.automation,
      {
        userEmail: manager.email,
      },
    );
    expect(named).toMatchObject({ status: 200, body: { revision: 1 } });
    expect((await read()).units[0]?.codes.find(({ code }) => code === 'need')).toMatchObject({
      certainty: 'confirmed',
      confirmedBy: expect.stringMatching(/^Person/),
    });
  });

  test('a value that is changed goes to the CRM, counts follow, each review is delivered once', async () => {
    const before = await read();
    const product = before.values.find(({ field }) => field === 'product');
    const names = await manager('GET', `/api/v1/reports/${reportId}/review/names/product`);
    const other = (names.body as { names: { id: string; name: string }[] }).names.find(
      ({ name }) => !before.values.some(({ display }) => display === name),
    );
    const requestId = randomUUID();
    const changes = [{ do: 'value', id: product?.id, value: other?.id }];
    const counted = () =>
      prisma().dailyCount.count({ where: { dimension: 'product', key: other?.id ?? '' } });
    expect(await counted()).toBe(0);
    for (const _ of [1, 2])
      expect(await decide(changes, before.revision, manager, { requestId })).toMatchObject({ status: 200 });
    expect(await counted()).toBe(1);
    const outbox = await prisma().outboxEntry.findMany({ where: { reportId, kind: 'reviewed' } });
    expect(outbox.map(({ version }) => version).toSorted()).toEqual([before.revision, before.revision + 1]);

    await countAndDeliver(kit.platform, [reportId]);
    const written = await prisma().syncEntry.findMany({
      where: { fieldValueId: product?.id ?? '', status: 'written' },
    });
    expect(JSON.stringify(written.map(({ written: value }) => value))).toContain(other?.name ?? 'no other');
    // And back again: what stood there before is another write, not one that was done already.
    const back = await decide([{ do: 'value', id: product?.id, value: product?.value }], before.revision + 1);
    expect(back.status).toBe(200);
    await countAndDeliver(kit.platform, [reportId]);
    const newest = await prisma().syncEntry.findFirst({
      where: { fieldValueId: product?.id ?? '' },
      orderBy: { createdAt: 'desc' },
    });
    expect(newest).toMatchObject({ status: 'written' });
    expect(JSON.stringify(newest?.written)).toContain(product?.display ?? 'nothing');
    expect((await read()).changes[0]?.what).toContain(`to ${product?.display}`);
  });

  test('who decides on what another decided since is told, 409, and nothing is overwritten', async () => {
    const { revision, units } = await read();
    const [code] = units[1]?.codes ?? [];
    const about = { do: 'code', unit: units[1]?.number, code: code?.code };
    expect((await decide([{ ...about, certainty: 'refused' }], revision)).status).toBe(200);
    const other = await kit.person('administrator');
    const late = await decide([{ ...about, certainty: 'confirmed' }], revision, other);
    expect(late).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', message: expect.stringContaining('refused the code') } },
    });
    expect((await read()).units[1]?.codes.at(-1)).toMatchObject({ certainty: 'refused' });
  });

  test.each([
    [[]],
    [[{ do: 'value', id: 'no-id' }]],
    [[{ do: 'add_value', field: 'stage', value: 'nowhere' }]],
    [[{ do: 'code', unit: 999, code: 'admin', certainty: 'confirmed' }]],
    [[{ do: 'dance' }]],
  ])('%j is refused', async (changes) => {
    const { revision } = await read();
    expect((await decide(changes, revision)).status).toBe(400);
    expect((await read()).revision).toBe(revision);
  });
});
