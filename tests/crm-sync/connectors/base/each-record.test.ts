import { expect, test } from 'vitest';
import type { CrmWriteResult } from '../../../../crm-sync/connectors/connector.ts';
import { CrmError } from '../../../../crm-sync/connectors/crm-error.ts';
import { eachRecord } from '../../../../crm-sync/connectors/each-record.ts';

const written: CrmWriteResult = { status: 'written', revision: '1' };
const statuses = (results: readonly CrmWriteResult[]) => results.map(({ status }) => status);

test('answers stand in the order of the records, however fast each is', async () => {
  const delays = [5, 0, 3, 1, 0];
  const results = await eachRecord(delays, 3, async (turns) => {
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    return { status: 'written', revision: String(turns) };
  });
  expect(results).toEqual(delays.map((turns) => ({ status: 'written', revision: String(turns) })));
});

test('no more are under way at once than allowed', async () => {
  let now = 0;
  let most = 0;
  await eachRecord([...Array(20).keys()], 4, async () => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    return written;
  });
  expect(most).toBe(4);
});

test('trouble with one record is its own; the others are written', async () => {
  const results = await eachRecord([1, 2, 3, 4], 1, async (item) => {
    if (item === 2) throw new CrmError('transient', 'Busy; again.', { status: 500, retryAfterMs: 5 });
    if (item === 3) throw new CrmError('permanent', 'Too much; less.', { status: 413 });
    return written;
  });
  expect(results).toEqual([
    written,
    { status: 'transient', message: 'Busy; again.', retryAfterMs: 5 },
    { status: 'permanent', message: 'Too much; less.', field: null },
    written,
  ]);
});

test.each(['limit', 'connection', 'transient'] as const)(
  '%s of the CRM as a whole ends it: nothing more is sent',
  async (kind) => {
    const sent: number[] = [];
    const writing = (failing: number) =>
      eachRecord([1, 2, 3, 4], 1, async (item) => {
        sent.push(item);
        if (item === failing) throw new CrmError(kind, 'Wait; it goes on.', { retryAfterMs: 7 });
        return written;
      });
    expect(statuses(await writing(2))).toEqual(['written', 'transient', 'transient', 'transient']);
    expect(sent).toEqual([1, 2]);
    await expect(writing(1)).rejects.toMatchObject({ kind, retryAfterMs: 7 });
  },
);

test('what is no answer of the CRM is thrown as it is', async () => {
  await expect(
    eachRecord([1], 1, async () => {
      throw new TypeError('a fault of ours');
    }),
  ).rejects.toThrow('a fault of ours');
});
