import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Faults, INSTANTS } from '../../ivr/simulator/faults.ts';
import type { SimulatedCall } from '../../ivr/simulator/simulated-call.ts';
import { endLostCalls } from '../../ivr/tasks/end-lost-calls.ts';
import { findLostRecordings } from '../../ivr/tasks/find-lost-recordings.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, silenceOf, speech, startIvrServer } from './server.ts';

/*
 * The same property as flow/never-lost.test.ts, but through webhooks, database and a carrier that repeats,
 * reorders, delays and loses what it has to tell.
 */

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer();
});
afterAll(() => server.close());

type Act =
  | { do: 'press'; keys: string }
  | { do: 'speak'; seconds: number }
  | { do: 'be silent'; seconds: number }
  | { do: 'wait' }
  | { do: 'callbacks'; order: 'in_order' | 'reversed' };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(...'0123456789*#', '*1', '*59', '*49', '#1', '*7')
      .map((keys): Act => ({ do: 'press', keys })),
  },
  { weight: 6, arbitrary: fc.constantFrom(0.4, 1.2, 2, 3).map((seconds): Act => ({ do: 'speak', seconds })) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'be silent', seconds: 2 }) },
  { weight: 2, arbitrary: fc.constant<Act>({ do: 'wait' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('in_order', 'reversed').map((order): Act => ({ do: 'callbacks', order })),
  },
);

const faults: fc.Arbitrary<Faults> = fc.record({
  recordingCallback: fc.constantFrom('later', 'before_action', 'after_end', 'lost'),
  repeatCallbacks: fc.boolean(),
  repeatRequests: fc.boolean(),
  loseRecordingRequests: fc.boolean(),
  loseStatus: fc.boolean(),
  // The first two requests bring the caller in.
  lateAnswers: fc.array(fc.integer({ min: 3, max: 12 }), { maxLength: 2 }),
  lostRequests: fc.array(fc.integer({ min: 3, max: 12 }), { maxLength: 2 }),
  hangUpAt: fc.option(
    fc.record({ instant: fc.constantFrom(...INSTANTS), nth: fc.integer({ min: 2, max: 9 }) }),
    {
      nil: undefined,
    },
  ),
});

async function perform(call: SimulatedCall, does: Act): Promise<void> {
  server.clock.advance(3000);
  switch (does.do) {
    case 'press':
      return call.press(does.keys);
    case 'speak':
      return call.speak(speech(does.seconds));
    case 'be silent':
      return call.speak(silenceOf(does.seconds));
    case 'wait':
      return call.wait();
    case 'callbacks':
      return server.simulator.deliverCallbacks(does.order);
  }
}

interface Row {
  carrierId: string | null;
  part: number;
  status: string;
  dropped: boolean;
  dictationId: string;
  dictationStatus: string;
  jobs: number;
}

async function rowsOf(call: SimulatedCall): Promise<Row[]> {
  const { rows } = await server.pool.query<Row>(
    `select r.carrier_recording_id as "carrierId", r.part, r.status, r.dropped, d.id as "dictationId",
       d.status as "dictationStatus", (select count(*)::int from job j where j.dictation_id = d.id) as jobs
     from recording r join dictation d on d.id = r.dictation_id join call c on c.id = r.call_id
     where c.carrier_call_id = $1 order by d.started_at, d.id, r.part`,
    [call.sid],
  );
  return rows;
}

let recordings = 0;
let lostOnes = 0;

test('no recording is lost or doubled, whatever callers do and carriers do to them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 14 }), faults, async (acts, happening) => {
      const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE, faults: happening });
      await call.press(`${PIN}#`);
      for (const does of acts) await perform(call, does);
      server.clock.advance(3000);
      await call.hangUp();
      await server.simulator.deliverCallbacks('reversed');

      // What got lost is asked for.
      server.clock.advance(5 * 60_000);
      await endLostCalls(server.deps, server.carrier);
      server.clock.advance(11 * 60_000);
      lostOnes += await findLostRecordings(server.platform, server.carrier);

      const media = await server.simulator.media.listOfCall(call.sid);
      const rows = await rowsOf(call);
      const known = rows.filter((row) => row.carrierId !== null);
      // Each of the carrier's recordings is one row, and there are no others.
      expect(known.map((row) => row.carrierId).sort()).toEqual(media.map((each) => each.recordingSid).sort());
      // In the order in which they were spoken.
      expect(known.map((row) => row.carrierId)).toEqual(media.map((each) => each.recordingSid));
      // Nothing is left waiting for what will never come.
      expect(rows.filter((row) => row.status === 'expected')).toEqual([]);
      for (const { recordingSid, seconds } of media) {
        const row = known.find(({ carrierId }) => carrierId === recordingSid);
        if (seconds < 1 || row?.dropped) continue;
        expect(row?.status).toBe('announced');
        if (row?.dictationStatus !== 'held') {
          expect(row).toMatchObject({ dictationStatus: 'submitted', jobs: 1 });
        }
      }
      for (const row of rows) {
        expect(['submitted', 'discarded', 'held']).toContain(row.dictationStatus);
        // One that was gone on with has had its job since it was submitted first.
        if (row.dictationStatus !== 'held')
          expect(row.jobs).toBe(row.dictationStatus === 'submitted' ? 1 : 0);
      }
      recordings += media.length;
    }),
    { numRuns: 200 },
  );
  // Not because nothing ever happened.
  expect(recordings).toBeGreaterThan(100);
  expect(lostOnes).toBeGreaterThan(5);
}, 240_000);
