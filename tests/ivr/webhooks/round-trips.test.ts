import { afterAll, beforeAll, expect, test } from 'vitest';
import { countRoundTrips } from '../../support/count-round-trips.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, startIvrServer } from '../server.ts';
import { actionOf, callForm, postSigned } from './post-signed.ts';

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer();
});
afterAll(() => server.close());

test('a webhook waits for the database at most twice on its usual way', async () => {
  const counted = countRoundTrips(server.pool);
  const trips: Record<string, number> = {};
  const post = async (name: string, path: string, body: string) => {
    const before = counted.trips;
    const response = await postSigned(server, { path, body });
    trips[name] = counted.trips - before;
    expect(response.statusCode).toBeLessThan(300);
    return response.body;
  };
  const call = callForm(OWN_PHONE, REPORT_LINE);
  const callback = (twiml: string) =>
    /recordingStatusCallback="https:\/\/phone\.example\.com([^"]+)"/.exec(twiml)?.[1] ?? '';

  const first = await post('answer', '/ivr/answer', call);
  expect(await post('answer again', '/ivr/answer', call)).toBe(first);
  const asked = await post('wrong PIN', actionOf(first), `${call}&Digits=97531`);
  const record = await post('right PIN', actionOf(asked), `${call}&Digits=${PIN}`);
  const one = `${call}&RecordingSid=REone&RecordingDuration=5`;
  const paused = await post('recording, paused', actionOf(record), `${one}&Digits=*`);
  await post('callback after it', callback(record), `${one}&RecordingStatus=completed`);
  const dropping = await post('pause menu: drop', actionOf(paused), `${call}&Digits=5`);
  const kept = await post('drop: kept', actionOf(dropping), `${call}&Digits=1`);
  const urgent = await post('pause menu: urgent', actionOf(kept), `${call}&Digits=6`);
  const heard = await post('pause menu: hear the end', actionOf(urgent), `${call}&Digits=2`);
  const helped = await post('pause menu: help', actionOf(heard), `${call}&Digits=0`);
  expect(helped).toContain('You are in a new report.');
  const more = await post('pause menu: go on', actionOf(helped), `${call}&Digits=1`);
  const two = `${call}&RecordingSid=REtwo&RecordingDuration=7`;
  await post('callback before it', callback(more), `${two}&RecordingStatus=completed`);
  const sent = await post('recording, sent', actionOf(more), `${two}&Digits=%23`);
  expect(sent).toContain('Its reference is');
  expect(await post('the same again', actionOf(more), `${two}&Digits=%23`)).toBe(sent);
  const again = await post('another report', actionOf(sent), `${call}&Digits=1`);
  const third = await post('nothing recorded', `${actionOf(again)}&nothing=1`, call);
  const three = `${call}&RecordingSid=REthree&RecordingDuration=4`;
  const pausing = await post('recording, paused again', actionOf(third), `${three}&Digits=*`);
  const held = await post('pause menu: hold', actionOf(pausing), `${call}&Digits=7`);
  expect(held).toContain('It is on hold.');
  await post('status', '/ivr/status', call.replace('ringing', 'completed'));

  expect(trips).toEqual({
    answer: 2,
    'answer again': 1,
    // Before the PIN is compared: all locks, with the call. After it: the count, with the answer.
    'wrong PIN': 2,
    'right PIN': 3,
    'recording, paused': 2,
    'callback after it': 2,
    'pause menu: drop': 2,
    'drop: kept': 2,
    'pause menu: urgent': 2,
    'pause menu: hear the end': 2,
    'pause menu: help': 2,
    'pause menu: go on': 2,
    'callback before it': 2,
    'recording, sent': 2,
    // What the call has, what was answered then, the end of the transaction.
    'the same again': 3,
    'another report': 2,
    'nothing recorded': 2,
    'recording, paused again': 2,
    'pause menu: hold': 2,
    status: 2,
  });
});
