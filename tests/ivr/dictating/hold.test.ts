import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sendHeldDictations } from '../../../transcription/dictations/send-held-dictations.ts';
import { type IvrServer, STRANGE_PHONE, speech, startIvrServer } from '../server.ts';
import { callIn, dictations, forgetAll, listen, settleAll } from './kit.ts';

const HOUR_MS = 3_600_000;

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer({ resumes: true });
});
afterAll(() => server.close());
beforeEach(() => forgetAll(server));

const latest = async () => (await dictations(server)).at(-1);

/** Says something and puts it on hold. */
async function putOnHold(seconds: number): Promise<string> {
  const call = await callIn(server);
  await call.speak(speech(seconds));
  await call.press('*7');
  const said = listen(call);
  await call.hangUp();
  expect(said()).toBe('');
  return (await latest())?.id ?? '';
}

test('on hold: said how long, not sent, and hanging up changes nothing', async () => {
  const call = await callIn(server);
  await call.speak(speech(20));
  const said = listen(call);
  await call.press('*7');
  expect(said()).toContain(
    'It is on hold. Call again to go on with it or to send it; after 24 hours it is sent by itself.',
  );
  expect(said()).toContain('For another report, press 1.');
  await call.hangUp();
  expect(await latest()).toMatchObject({ status: 'held', jobStatus: null });
});

test('announced at log-in: go on with it, and it is one dictation without a seam', async () => {
  const id = await putOnHold(120);
  server.clock.advance(24 * HOUR_MS - 60_000);
  const call = await callIn(server);
  const said = listen(call);
  expect(call.listening()).toMatchObject({ kind: 'keys' });
  await call.press('7');
  expect(said()).toMatch(
    /^Sorry, that key does nothing here\. \| You put a report on hold yesterday\. \| It is 2 minutes long\. \| To go on with it, press 1\. To send it, 2\. To leave it on hold, 3\.$/,
  );
  await call.press('1');
  expect(said()).toMatch(/Go on after the tone\.$/);
  await call.speak(speech(5));
  await call.press('#');
  expect(said()).toContain('It is 2 minutes and 5 seconds long.');
  await call.hangUp();
  expect(await latest()).toMatchObject({
    id,
    status: 'submitted',
    jobStatus: 'preparing',
    parts: [
      { part: 1, seconds: 120, seam: false },
      { part: 2, seconds: 5, seam: false },
    ],
  });
});

test('several, in turn: one is sent, one is left; from whichever phone', async () => {
  const first = await putOnHold(10);
  const call = await callIn(server);
  await call.press('3');
  await call.speak(speech(11));
  await call.press('*7');
  await call.hangUp();
  const second = (await latest())?.id;

  const later = await server.simulator.placeCall({ from: STRANGE_PHONE, to: '+15550100001' });
  await later.press('4711#246813#');
  const said = listen(later);
  await later.press('2');
  expect(said()).toMatch(/^It is sent\. \| You put a report on hold today\. \| It is 11 seconds long\. \|/);
  await later.press('3');
  expect(said()).toContain('It stays on hold.');
  expect(later.listening()).toMatchObject({ kind: 'recording' });
  await later.hangUp();
  const kept = await dictations(server);
  expect(kept.find(({ id }) => id === first)).toMatchObject({ status: 'submitted', jobStatus: 'preparing' });
  expect(kept.find(({ id }) => id === second)).toMatchObject({ status: 'held' });
});

test('help says that it was begun before', async () => {
  await putOnHold(10);
  const call = await callIn(server);
  await call.press('1');
  const said = listen(call);
  await call.speak(speech(3));
  await call.press('0');
  expect(said()).toMatch(
    /^You are in a report that you began before\. \| So far it is 13 seconds long\. \| Its reference is/,
  );
  await call.hangUp();
});

describe('sent by itself', () => {
  test('after the company’s hours, once, whoever looks', async () => {
    const id = await putOnHold(10);
    server.clock.advance(24 * HOUR_MS - 1000);
    expect(await sendHeldDictations(server.platform)).toBe(0);
    server.clock.advance(1000);
    const sent = await Promise.all([1, 2, 3].map(() => sendHeldDictations(server.platform)));
    expect(sent.reduce((sum, each) => sum + each, 0)).toBe(1);
    await settleAll(server);
    expect(await latest()).toMatchObject({ id, status: 'submitted', jobStatus: 'waiting' });
    expect(await sendHeldDictations(server.platform)).toBe(0);
  });

  test('not while its speaker goes on with it', async () => {
    const id = await putOnHold(10);
    server.clock.advance(25 * HOUR_MS);
    const call = await callIn(server);
    await call.press('1');
    expect(await sendHeldDictations(server.platform)).toBe(0);
    expect(await latest()).toMatchObject({ id, status: 'open' });
    await call.speak(speech(2));
    await call.hangUp();
    expect(await latest()).toMatchObject({ id, status: 'submitted' });
  });

  test('sent while it was being offered: the speaker is told', async () => {
    await putOnHold(10);
    server.clock.advance(25 * HOUR_MS);
    const call = await callIn(server);
    await sendHeldDictations(server.platform);
    const said = listen(call);
    await call.press('1');
    expect(said()).toContain('That one is taken care of already. | Please say your report after the tone.');
    await call.hangUp();
  });
});
