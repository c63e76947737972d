import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePhoneSettings, savePhoneSettings } from '../../../transcription/intake/phone-settings.ts';
import { type IvrServer, silenceOf, speech, startIvrServer } from '../server.ts';
import { callIn, dictations, listen, played, secondsAt } from './kit.ts';

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer();
});
afterAll(() => server.close());

const latest = async () => (await dictations(server)).at(-1);

const STANDARD_MENU =
  'To go on, press 1. To hear the last ten seconds, 2. To hear all of it, 3. To say the last part anew, 4. ' +
  'To drop it, 5. To mark it urgent, 6. To put it on hold, 7. For help, 0. To finish, pound.';

test('each sentence of the menu, and what each key does', async () => {
  const call = await callIn(server);
  await call.speak(speech(12));
  let said = listen(call);
  await call.press('*');
  expect(said()).toBe(`Paused. | ${STANDARD_MENU}`);

  await call.press('1');
  expect(call.listening()).toMatchObject({ kind: 'recording', finishOnKey: expect.stringContaining('#') });
  await call.speak(speech(4, 300));
  await call.press('*2');
  const lastTen = played(call, 2);
  expect(await Promise.all(lastTen.map((url) => secondsAt(server, url)))).toEqual([6, 4]);
  await call.press('3');
  expect(await Promise.all(played(call, 2).map((url) => secondsAt(server, url)))).toEqual([12, 4]);

  said = listen(call);
  await call.press('4');
  expect(said()).toBe(
    'Really say the last part anew, 4 seconds long? The old one is dropped. To do so, press 9. To keep it, press any other key.',
  );
  said = listen(call);
  await call.press('9');
  expect(said()).toBe('Say it anew after the tone.');
  await call.speak(speech(7));
  said = listen(call);
  await call.press('*5');
  expect(said()).toContain(
    'Really drop the last part, 7 seconds long? To drop it, press 9. To keep it, press any other key.',
  );
  said = listen(call);
  await call.press('5');
  expect(said()).toBe(`The last part is kept. | ${STANDARD_MENU}`);
  said = listen(call);
  await call.press('6');
  expect(said()).toBe(`It is marked urgent. | ${STANDARD_MENU}`);
  said = listen(call);
  await call.press('0');
  const kept = await latest();
  expect(said()).toMatch(
    /^You are in a new report\. \| So far it is 19 seconds long\. \| It is marked urgent\. \| Its reference is /,
  );
  expect(said()).toContain(STANDARD_MENU);
  said = listen(call);
  await call.press('#');
  expect(said()).toContain('It is 19 seconds long.');
  expect(kept?.parts).toMatchObject([
    { part: 1, seconds: 12, dropped: false },
    { part: 2, seconds: 4, dropped: true },
    { part: 3, seconds: 7, dropped: false },
  ]);
  expect(await latest()).toMatchObject({ status: 'submitted', urgent: true });
  await call.hangUp();
});

describe('help while speaking', () => {
  test('where one is, then recording goes on in the next part', async () => {
    const call = await callIn(server);
    await call.speak(speech(65));
    const said = listen(call);
    await call.press('0');
    expect(said()).toMatch(
      /^You are in a new report\. \| So far it is 1 minute and 5 seconds long\. \| Its reference is \d.*Press pound to end, star to pause, 0 for help\. \| Hanging up sends it, too\.$/s,
    );
    expect(call.listening()).toMatchObject({ kind: 'keys', timeoutSeconds: 2 });
    await call.wait();
    expect(said()).toMatch(/Go on after the tone\.$/);
    await call.speak(speech(3));
    await call.press('#');
    expect(said()).toContain('It is 1 minute and 8 seconds long.');
    await call.hangUp();
  });

  test('hanging up in it sends, and is no broken line', async () => {
    const call = await callIn(server);
    await call.speak(speech(5));
    await call.press('0');
    await call.hangUp();
    expect(await latest()).toMatchObject({ status: 'submitted', wasCutOff: false });
  });
});

describe('a phone left lying', () => {
  test('in the menu: warned, then what was said is sent', async () => {
    const call = await callIn(server);
    await call.speak(speech(6));
    const said = listen(call);
    await call.wait();
    expect(said()).toBe(`You have been quiet for a while. What you said is kept. | ${STANDARD_MENU}`);
    await call.wait();
    await call.wait();
    expect(said()).toContain(
      'Are you still there? I will hang up in a moment; what you said is kept and sent.',
    );
    await call.wait();
    expect(said()).toMatch(/I am hanging up now\. What you said is kept and sent\. Goodbye\.$/);
    expect(call.status()).toBe('completed');
    expect(await latest()).toMatchObject({ status: 'submitted', wasCutOff: false });
  });

  test('in a noisy place: asked after an hour, ended, and all of it is kept', async () => {
    const call = await callIn(server);
    const said = listen(call);
    await call.speak(speech(3600));
    expect(said()).toBe(
      'I am still here. Go on after the tone. | You have been speaking for a long time. Are you still there? To go on, press any key.',
    );
    await call.wait();
    expect(said()).toContain('Otherwise I will hang up in a moment; what you said is kept and sent.');
    await call.wait();
    expect(call.status()).toBe('completed');
    const kept = await latest();
    expect(kept).toMatchObject({ status: 'submitted' });
    expect(kept?.parts.map(({ seconds }) => seconds)).toEqual([1800, 1800]);
  }, 120_000);
});

describe('other keys', () => {
  test('the company chooses: record on 1', async () => {
    const settings = parsePhoneSettings({ resumeMinutes: 0, resumeAfterFailureMinutes: 0 });
    await savePhoneSettings(server.pool, { ...settings, keyMap: 'record_on_1' });
    const call = await callIn(server);
    const said = listen(call);
    await call.speak(speech(3));
    await call.press('4');
    expect(said()).toContain(
      'To go on, press 1. To hear the last ten seconds, 3. To hear all of it, 6. To say the last part anew, 5. ' +
        'To drop it, 8. To mark it urgent, 2. To put it on hold, 7. For help, star. To finish, pound.',
    );
    await call.press('2');
    await call.press('0');
    expect(said()).toContain('It is marked urgent.');
    expect(await latest()).toMatchObject({ status: 'submitted', urgent: true });
    await call.hangUp();
    await savePhoneSettings(server.pool, settings);
  });

  test('a person has their own: record on 2', async () => {
    await server.pool.query(`update app_user set key_map = 'record_on_2' where id = $1`, [server.repId]);
    const call = await callIn(server);
    const said = listen(call);
    await call.speak(speech(3));
    await call.press('2');
    expect(said()).toContain('To go on, press 2. To hear the last ten seconds, 1. To hear all of it, 8.');
    await call.press('2');
    await call.speak(speech(4));
    await call.press('#');
    expect(said()).toContain('It is 7 seconds long.');
    await call.hangUp();
    await server.pool.query('update app_user set key_map = null where id = $1', [server.repId]);
  });

  test('a name that nobody knows means the standard map', async () => {
    await server.pool.query(`update app_user set key_map = 'qwerty' where id = $1`, [server.repId]);
    const call = await callIn(server);
    const said = listen(call);
    await call.speak(speech(3));
    await call.press('*');
    expect(said()).toContain(STANDARD_MENU);
    await call.hangUp();
    await server.pool.query('update app_user set key_map = null where id = $1', [server.repId]);
  });
});

test.each([
  ['the speaker', 'update app_user set language = $2 where id = $1', 'en-US', 'es-US'],
  ['the line, of a speaker who chose none', 'update line set language = $2 where id = $1', null, 'es-US'],
])('in the Spanish of %s the keys are named in Spanish', async (_whose, change, own, spanish) => {
  const { pool, repId, lineId } = server;
  await pool.query('update app_user set language = $2 where id = $1', [repId, own]);
  await pool.query(change, [change.includes('line') ? lineId : repId, spanish]);
  const call = await callIn(server);
  const said = listen(call);
  await call.speak(speech(3));
  await call.press('*');
  expect(said()).toContain('ayuda, cero. Para terminar, numeral.');
  await call.hangUp();
  await pool.query('update app_user set language = null where id = $1', [repId]);
  await pool.query(`update line set language = 'en-US' where id = $1`, [lineId]);
});

test('nothing but silence is no part: the menu says that nothing is there', async () => {
  const call = await callIn(server);
  await call.speak(silenceOf(4));
  const said = listen(call);
  await call.press('*');
  // The carrier makes no recording of silence, so the key is lost with it.
  expect(said()).toContain('Sorry, I could not hear anything.');
  await call.hangUp();
});
