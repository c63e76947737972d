import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { newId } from '../../../platform/new-id.ts';
import {
  announceRecording,
  discardDictation,
  dropRecording,
  expectRecording,
  findUnfinished,
  holdDictation,
  leaveDropped,
  markUrgent,
  openDictation,
  resumeDictation,
  submitDictation,
  submitHeld,
} from '../../../transcription/intake/intake.ts';
import { parsePhoneSettings, savePhoneSettings } from '../../../transcription/intake/phone-settings.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let db: TestDatabase;
let lineId: string;
let speakerId: string;
let dictationId: string;
let reference: string;
const NOW = new Date('2026-03-02T14:00:00Z');
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const NO_CALL = newId();

const run = <T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> =>
  inTransaction(db.database.pool, work);

async function query<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await db.database.pool.query<T>(text, values)).rows;
}

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  [lineId, speakerId] = [newId(), newId()];
  await query(`insert into line (id, number, purpose, name) values ($1, $2, 'report', 'L')`, [
    lineId,
    `+1555${lineId}`,
  ]);
  await query(`insert into app_user (id, email, name) values ($1, $2, 'Rita')`, [
    speakerId,
    `${speakerId}@example.com`,
  ]);
  ({ dictationId, reference } = await opened());
});

async function opened(speaker = speakerId): Promise<{ dictationId: string; reference: string }> {
  const id = newId();
  const made = await run((client) =>
    openDictation(client, {
      dictationId: id,
      lineId,
      speakerId: speaker,
      for: { kind: 'report', accountId: null },
      now: NOW,
    }),
  );
  return { dictationId: id, reference: made.reference };
}

/** Says something in a call, which ends as told. */
async function said(part: number, endReason = 'completed', more: { seam?: boolean } = {}): Promise<string> {
  const [recordingId, callId] = [newId(), newId()];
  await query(
    `insert into call (id, carrier_key, line_id, user_id, state, status, end_reason, started_at)
     values ($1, $2, $3, $4, '{}', 'ended', $5, $6)`,
    [callId, callId, lineId, speakerId, endReason, NOW],
  );
  await run((client) =>
    expectRecording(client, { recordingId, dictationId, callId, part, now: NOW, ...more }),
  );
  await run((client) =>
    announceRecording(client, {
      recordingId,
      carrierRecordingId: `RE${recordingId}`,
      mediaPath: '/m',
      seconds: 5,
      now: NOW,
    }),
  );
  return recordingId;
}

const submit = (more: { wasCutOff?: boolean; continues?: string; now?: Date } = {}) =>
  run((client) => submitDictation(client, { dictationId, now: NOW, ...more }));
const resume = (now = NOW, speaker = speakerId) =>
  run((client) => resumeDictation(client, { dictationId, speakerId: speaker, now }));
const hold = (now = NOW) => run((client) => holdDictation(client, { dictationId, now }));
const find = (now = NOW, callId = NO_CALL, line = lineId) =>
  run((client) => findUnfinished(client, { speakerId, lineId: line, callId, now }));
const dictation = async () =>
  (
    await query(
      `select d.status, d.held_at as "heldAt", d.dropped_at as "droppedAt", j.status as job, j.due_at as "dueAt"
       from dictation d left join job j on j.dictation_id = d.id where d.id = $1`,
      [dictationId],
    )
  )[0];
const events = () =>
  query('select e.kind, e.reason from job_event e join job j on j.id = e.job_id where j.dictation_id = $1', [
    dictationId,
  ]);

describe('on hold', () => {
  test('done twice, and at once by two, it is held once', async () => {
    const outcomes = await Promise.all([hold(), hold(later(1))]);
    expect(outcomes.sort()).toEqual([false, true]);
    expect(await dictation()).toMatchObject({ status: 'held', heldAt: expect.any(Date), job: null });
  });

  test('what was sent before is not', async () => {
    await submit();
    expect(await hold()).toBe(false);
    expect(await dictation()).toMatchObject({ status: 'submitted', heldAt: null });
  });

  test('sent when it is too old, by one of all who look', async () => {
    await hold();
    const send = (heldBefore: Date) =>
      run((client) => submitHeld(client, { dictationId, heldBefore, now: later(60) }));
    expect(await send(later(-1))).toBe(false);
    const outcomes = await Promise.all([1, 2, 3].map(() => send(NOW)));
    expect(outcomes.sort()).toEqual([false, false, true]);
    expect(await dictation()).toMatchObject({ status: 'submitted', heldAt: null, job: 'preparing' });
  });

  test('its speaker goes on at the very moment that it is sent: one of both', async () => {
    await hold();
    const [isSent, resumed] = await Promise.all([
      run((client) => submitHeld(client, { dictationId, heldBefore: NOW, now: NOW })),
      resume(),
    ]);
    expect(resumed.kind).toBe(isSent ? 'gone' : 'resumed');
    expect(await dictation()).toMatchObject({ status: isSent ? 'submitted' : 'open' });
  });
});

describe('going on', () => {
  test('after a drop: open again, its job put back, and due as if new when it is sent', async () => {
    const recordingId = await said(1);
    await submit({ wasCutOff: true });
    await query(`update job set status = 'waiting' where dictation_id = $1`, [dictationId]);
    expect(await resume(later(5))).toEqual({
      kind: 'resumed',
      reference,
      urgent: false,
      for: { kind: 'report', accountId: null },
      about: null,
      parts: [{ recordingId, part: 1, seconds: 5, empty: false, dropped: false }],
    });
    expect(await dictation()).toMatchObject({ status: 'open', droppedAt: null, job: 'preparing' });
    expect(await events()).toEqual([{ kind: 'resumed', reason: null }]);
    expect(await submit({ now: later(9) })).toMatchObject({ reference, isNew: true });
    expect(await dictation()).toMatchObject({ status: 'submitted', dueAt: later(9 + 240) });
    expect(await query('select id from job where dictation_id = $1', [dictationId])).toHaveLength(1);
  });

  test('at once by two: one of them', async () => {
    await submit({ wasCutOff: true });
    const outcomes = await Promise.all([resume(), resume(), resume()]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['gone', 'gone', 'resumed']);
  });

  test('a claimed job stays where it is, and keeps its time unless it became urgent', async () => {
    await said(1);
    await submit({ wasCutOff: true });
    await query(`update job set status = 'claimed' where dictation_id = $1`, [dictationId]);
    await resume();
    expect(await dictation()).toMatchObject({ status: 'open', job: 'claimed' });
    await submit({ wasCutOff: true, now: later(5) });
    expect(await dictation()).toMatchObject({ job: 'claimed', dueAt: later(240), droppedAt: later(5) });
    await resume();
    await run((client) => markUrgent(client, { dictationId }));
    await submit({ now: later(10) });
    expect(await dictation()).toMatchObject({ job: 'claimed', dueAt: later(70) });
  });

  test('typed: told, and nothing changes', async () => {
    await submit({ wasCutOff: true });
    await query(`update job set status = 'finalized' where dictation_id = $1`, [dictationId]);
    await query(`update dictation set status = 'transcribed' where id = $1`, [dictationId]);
    expect(await resume()).toMatchObject({ kind: 'typed', reference });
    expect(await dictation()).toMatchObject({ status: 'transcribed', job: 'finalized' });
  });

  test.each([
    ['somebody else’s', async () => void (await submit({ wasCutOff: true })), newId()],
    ['one that is open', async () => {}, undefined],
    ['one that was sent on purpose', async () => void (await submit()), undefined],
    [
      'one that a person closed',
      async () => {
        await submit({ wasCutOff: true });
        await query(`update job set status = 'closed', close_code = 'test' where dictation_id = $1`, [
          dictationId,
        ]);
      },
      undefined,
    ],
  ])('%s is not to be had', async (_what, prepare, speaker) => {
    await prepare();
    expect(await resume(NOW, speaker)).toEqual({ kind: 'gone' });
  });

  test('everything dropped after going on: it is submitted, so that its job is settled', async () => {
    const recordingId = await said(1);
    await submit({ wasCutOff: true });
    await resume();
    await run((client) => dropRecording(client, { recordingId }));
    expect(await run((client) => discardDictation(client, { dictationId }))).toBe(false);
    expect(await dictation()).toMatchObject({ status: 'open' });
  });

  test('what continues a typed one says so, once', async () => {
    await submit({ continues: '7654321' });
    await submit({ continues: '7654321' });
    expect(await events()).toEqual([{ kind: 'continuation', reason: '7654321' }]);
  });
});

describe('parts', () => {
  const parts = () =>
    query('select part, seam from recording where dictation_id = $1 order by part', [dictationId]);

  test('the seam is marked', async () => {
    await said(1);
    await said(2, 'completed', { seam: true });
    expect(await parts()).toEqual([
      { part: 1, seam: false },
      { part: 2, seam: true },
    ]);
  });

  test('a place that was taken meanwhile: the next free one', async () => {
    const recordingId = await said(1);
    // The carrier recorded twice for one part.
    await run((client) =>
      announceRecording(client, {
        recordingId,
        carrierRecordingId: `again ${recordingId}`,
        mediaPath: '/m',
        seconds: 3,
        now: NOW,
      }),
    );
    await said(2);
    expect(await parts()).toMatchObject([{ part: 1 }, { part: 2 }, { part: 3 }]);
  });
});

describe('what is unfinished', () => {
  test('nothing, and what was sent on purpose is not', async () => {
    expect(await find()).toEqual([]);
    await submit();
    expect(await find()).toEqual([]);
  });

  test('what a broken line cut off, for as long as the company says', async () => {
    const recordingId = await said(1);
    await submit({ wasCutOff: true });
    expect(await find(later(10))).toEqual([
      {
        dictationId,
        kind: 'dropped',
        at: NOW,
        about: null,
        parts: [{ recordingId, part: 1, seconds: 5, empty: false, dropped: false }],
        callId: null,
      },
    ]);
    expect(await find(later(11))).toEqual([]);
    await savePhoneSettings(db.database.pool, parsePhoneSettings({ resumeMinutes: 30 }));
    expect(await find(later(11))).toHaveLength(1);
    await savePhoneSettings(db.database.pool, parsePhoneSettings({ resumeMinutes: 0 }));
    expect(await find(later(0))).toEqual([]);
    await savePhoneSettings(db.database.pool, parsePhoneSettings({}));
  });

  test('longer after the carrier’s failure', async () => {
    await said(1, 'failed');
    await submit({ wasCutOff: true });
    expect(await find(later(60))).toHaveLength(1);
    expect(await find(later(61))).toEqual([]);
  });

  test('not once it was refused', async () => {
    await submit({ wasCutOff: true });
    await run((client) => leaveDropped(client, { dictationId }));
    await run((client) => leaveDropped(client, { dictationId }));
    expect(await find()).toEqual([]);
  });

  test('the latest that was cut off first, then what is on hold, oldest first', async () => {
    await hold(later(2));
    const cut = await opened();
    const held = dictationId;
    ({ dictationId } = cut);
    await submit({ wasCutOff: true, now: later(1) });
    ({ dictationId } = await opened());
    await submit({ wasCutOff: true, now: later(3) });
    const latest = dictationId;
    ({ dictationId } = await opened());
    await hold(later(1));
    expect((await find(later(5))).map((each) => each.dictationId)).toEqual([latest, dictationId, held]);
  });

  test('what another call is recording at this moment; not this call’s own', async () => {
    const callId = newId();
    const state = { at: 'recording', dictation: { dictationId } };
    await query(
      `insert into call (id, carrier_key, line_id, user_id, state, started_at) values ($1, $2, $3, $4, $5, $6)`,
      [callId, callId, lineId, speakerId, JSON.stringify(state), NOW],
    );
    expect(await find()).toMatchObject([{ dictationId, kind: 'connected', callId, at: NOW }]);
    expect(await find(NOW, callId)).toEqual([]);
    await query(`update call set state = '{"at": "paused"}' where id = $1`, [callId]);
    expect(await find()).toEqual([]);
  });

  test('reports from any report line, others only from their own', async () => {
    await hold();
    const other = newId();
    await query(`insert into line (id, number, purpose, name) values ($1, $2, 'report', 'M')`, [
      other,
      `+1556${other}`,
    ]);
    expect(await find(NOW, NO_CALL, other)).toHaveLength(1);
    await query(`update line set purpose = 'proposal' where id = $1`, [other]);
    expect(await find(NOW, NO_CALL, other)).toEqual([]);
    await query(`update line set purpose = 'proposal' where id = $1`, [lineId]);
    expect(await find()).toHaveLength(1);
  });

  test('nobody else’s', async () => {
    await hold();
    const found = await run((client) =>
      findUnfinished(client, { speakerId: newId(), lineId, callId: NO_CALL, now: NOW }),
    );
    expect(found).toEqual([]);
  });
});

test.each([null, [], 'x', { keyMap: 'qwerty', resumeMinutes: -1, holdHours: 1.5 }])(
  'settings that make no sense (%j) are as they come',
  (value) => {
    expect(parsePhoneSettings(value)).toEqual({
      keyMap: 'standard',
      resumeMinutes: 10,
      resumeAfterFailureMinutes: 60,
      holdHours: 24,
    });
  },
);
