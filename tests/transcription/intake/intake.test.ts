import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { newId } from '../../../platform/new-id.ts';
import {
  announceRecording,
  discardDictation,
  dropRecording,
  expectRecording,
  markEmpty,
  markUrgent,
  openDictation,
  submitDictation,
} from '../../../transcription/intake/intake.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let db: TestDatabase;
let lineId: string;
let dictationId: string;
let reference: string;
const NOW = new Date('2026-03-02T14:00:00Z');

const run = <T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> =>
  inTransaction(db.database.pool, work);

async function query<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await db.database.pool.query<T>(text, values)).rows;
}

beforeAll(async () => {
  db = await createTestDatabase();
  lineId = newId();
  await query(
    `insert into line (id, number, purpose, name, turnaround_minutes) values ($1, '+15550100001', 'report', 'L', 240)`,
    [lineId],
  );
});
afterAll(() => db.drop());
beforeEach(async () => {
  dictationId = newId();
  ({ reference } = await run((client) =>
    openDictation(client, {
      dictationId,
      lineId,
      speakerId: null,
      for: { kind: 'report', accountId: null },
      now: NOW,
    }),
  ));
});

async function expected(part = 1): Promise<string> {
  const recordingId = newId();
  await run((client) => expectRecording(client, { recordingId, dictationId, callId: null, part, now: NOW }));
  return recordingId;
}

let carrierRecordings = 0;
const carrierId = () => {
  carrierRecordings += 1;
  return `RE${carrierRecordings}`;
};

const announce = (recordingId: string, carrierRecordingId: string, seconds: number | null = 5) =>
  run((client) =>
    announceRecording(client, { recordingId, carrierRecordingId, mediaPath: '/m', seconds, now: NOW }),
  );

const parts = () =>
  query(
    `select id, part, status, carrier_recording_id as "carrierId", announced_seconds as seconds, dropped
     from recording where dictation_id = $1 order by part`,
    [dictationId],
  );
const dictation = async () =>
  (
    await query('select status, urgent, discard_reason as reason from dictation where id = $1', [dictationId])
  )[0];
const jobs = () =>
  query('select status, due_at as "dueAt", close_code as "closeCode" from job where dictation_id = $1', [
    dictationId,
  ]);

test('a dictation gets a reference of seven digits', async () => {
  expect(reference).toMatch(/^[1-9]\d{6}$/);
  expect(await dictation()).toEqual({ status: 'open', urgent: false, reason: null });
});

describe('a recording is announced', () => {
  test('once, twice and at the same time it is one', async () => {
    const recordingId = await expected();
    const carrier = carrierId();
    const outcomes = await Promise.all([1, 2, 3].map(() => announce(recordingId, carrier)));
    expect(outcomes.map((outcome) => outcome?.isNew).sort()).toEqual([false, false, true]);
    expect(await announce(recordingId, carrier)).toEqual({ recordingId, isNew: false });
    expect(await parts()).toMatchObject([
      { id: recordingId, part: 1, status: 'announced', carrierId: carrier },
    ]);
  });

  test('parts keep their order, whichever is announced first', async () => {
    const [first, second] = [await expected(1), await expected(2)];
    await announce(second, 'RE-second');
    await announce(first, 'RE-first');
    expect(await parts()).toMatchObject([{ carrierId: 'RE-first' }, { carrierId: 'RE-second' }]);
  });

  test('a second recording for one part becomes a part of its own', async () => {
    const first = await expected(1);
    await expected(2);
    const [one, other] = [carrierId(), carrierId()];
    await Promise.all([announce(first, one), announce(first, other)]);
    const found = await parts();
    expect(found.map(({ part }) => part)).toEqual([1, 2, 3]);
    expect([found[0]?.carrierId, found[2]?.carrierId].sort()).toEqual([one, other].sort());
    expect(found[1]).toMatchObject({ status: 'expected', carrierId: null });
    expect((await announce(first, other))?.isNew).toBe(false);
  });

  test('a length that is told later is kept, one that is not told doesn’t erase', async () => {
    const recordingId = await expected();
    const carrier = carrierId();
    await announce(recordingId, carrier, null);
    await announce(recordingId, carrier, 8);
    await announce(recordingId, carrier, null);
    expect(await parts()).toMatchObject([{ seconds: 8 }]);
  });

  test('one that nobody expected is told to be unknown', async () => {
    expect(await announce(newId(), carrierId())).toBeNull();
    expect(await parts()).toEqual([]);
  });

  test('one that the carrier had called empty is taken all the same', async () => {
    const recordingId = await expected();
    expect(await run((client) => markEmpty(client, { recordingId }))).toEqual({ dictationId });
    await announce(recordingId, carrierId());
    expect(await parts()).toMatchObject([{ status: 'announced' }]);
    expect(await run((client) => markEmpty(client, { recordingId }))).toBeNull();
    expect(await parts()).toMatchObject([{ status: 'announced' }]);
  });
});

describe('submitting', () => {
  test('makes one job, due as the line says', async () => {
    const outcomes = await Promise.all(
      [1, 2].map(() => run((client) => submitDictation(client, { dictationId, now: NOW }))),
    );
    expect(outcomes.map((outcome) => outcome?.isNew).sort()).toEqual([false, true]);
    expect(outcomes.map((outcome) => outcome?.reference)).toEqual([reference, reference]);
    expect(await jobs()).toEqual([
      { status: 'preparing', dueAt: new Date('2026-03-02T18:00:00Z'), closeCode: null },
    ]);
  });

  test('urgent: due within the hour', async () => {
    await run((client) => markUrgent(client, { dictationId }));
    await run((client) => submitDictation(client, { dictationId, now: NOW }));
    expect(await jobs()).toMatchObject([{ dueAt: new Date('2026-03-02T15:00:00Z') }]);
  });

  test('an unknown dictation is told to be unknown', async () => {
    expect(await run((client) => submitDictation(client, { dictationId: newId(), now: NOW }))).toBeNull();
  });
});

describe('discarding', () => {
  const discard = () => run((client) => discardDictation(client, { dictationId }));

  test('nothing said: discarded, without a job', async () => {
    await announce(await expected(), carrierId(), 0);
    expect(await discard()).toBe(true);
    expect(await dictation()).toMatchObject({ status: 'discarded', reason: 'silent' });
    expect(await jobs()).toEqual([]);
  });

  test('a recording that may hold speech forbids it', async () => {
    const recordingId = await expected();
    await announce(recordingId, carrierId(), null);
    expect(await discard()).toBe(false);
    expect(await dictation()).toMatchObject({ status: 'open' });
    await run((client) => dropRecording(client, { recordingId }));
    expect(await discard()).toBe(true);
  });

  test('speech that turns up later brings it back, with a job', async () => {
    const recordingId = await expected();
    await discard();
    await announce(recordingId, carrierId(), 4);
    expect(await dictation()).toMatchObject({ status: 'submitted', reason: null });
    expect(await jobs()).toMatchObject([{ status: 'preparing' }]);
  });

  test('so does one whose job was closed as silent', async () => {
    const recordingId = await expected();
    await run((client) => submitDictation(client, { dictationId, now: NOW }));
    await query(`update job set status = 'closed', close_code = 'silent' where dictation_id = $1`, [
      dictationId,
    ]);
    await query(`update dictation set status = 'discarded', discard_reason = 'silent' where id = $1`, [
      dictationId,
    ]);
    await announce(recordingId, carrierId(), 4);
    expect(await jobs()).toMatchObject([{ status: 'preparing', closeCode: null }]);
  });

  test('what a person closed stays closed', async () => {
    const recordingId = await expected();
    await run((client) => submitDictation(client, { dictationId, now: NOW }));
    await query(`update job set status = 'closed', close_code = 'test' where dictation_id = $1`, [
      dictationId,
    ]);
    await query(`update dictation set status = 'discarded', discard_reason = 'test' where id = $1`, [
      dictationId,
    ]);
    await announce(recordingId, carrierId(), 4);
    expect(await jobs()).toMatchObject([{ status: 'closed', closeCode: 'test' }]);
  });
});

test('a dropped part is marked, its audio stays', async () => {
  const recordingId = await expected();
  await announce(recordingId, 'RE-dropped');
  await run((client) => dropRecording(client, { recordingId }));
  expect(await parts()).toMatchObject([{ dropped: true, status: 'announced', carrierId: 'RE-dropped' }]);
});
