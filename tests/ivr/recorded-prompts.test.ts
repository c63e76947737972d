import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordPrompt, removeRecordedPrompt } from '../../ivr/prompts/recorded/write-prompt-audio.ts';
import { writeWav } from '../../transcription/audio/write-wav.ts';
import { until } from '../support/until.ts';
import { heard } from './heard.ts';
import { streamOf, tone } from './prompts/recorded/sounds.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, speech, startIvrServer } from './server.ts';

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer();
});
afterAll(() => server.close());

const wav = writeWav(8000, tone(1));
const record = (promptId: string, piece = 0, language = 'en-US') =>
  recordPrompt(server.fullPlatform, { language, promptId, piece, source: streamOf(wav), actorId: null });
const played = (call: Awaited<ReturnType<typeof dial>>) =>
  call.events().flatMap((event) => (event.kind === 'play' ? [event] : []));
const dial = () => server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });

/** Until the server's book knows of a change, a call is answered as before. */
async function dialUntil(matches: (call: Awaited<ReturnType<typeof dial>>) => boolean) {
  return until(async () => {
    const call = await dial();
    if (matches(call)) return call;
    await call.hangUp();
    return null;
  });
}

test('a caller hears recordings where there are some, and a voice for the rest', async () => {
  const enterPin = await record('enter_pin');
  const saved = await record('saved');
  const call = await dialUntil((each) => played(each).length > 0);
  expect(played(call)).toMatchObject([{ url: `/ivr/prompts/${enterPin.id}`, isPlayable: true }]);
  expect(heard(call)).toBe('Welcome to the field report line.');
  await call.press(`${PIN}#`);
  await call.speak(speech(5));
  await call.press('#');
  expect(played(call).at(-1)).toMatchObject({ url: `/ivr/prompts/${saved.id}`, isPlayable: true });
  expect(heard(call)).toContain('| 5 seconds long. |');
  await call.hangUp();

  await removeRecordedPrompt(server.fullPlatform, {
    language: 'en-US',
    promptId: 'enter_pin',
    piece: 0,
    actorId: null,
  });
  const next = await dialUntil((each) => heard(each).includes('Please enter your PIN'));
  expect(played(next)).toEqual([]);
  await next.hangUp();
});

test('a recording whose text has changed since is not heard', async () => {
  await server.pool.query(
    `insert into prompt_audio (id, language, prompt_id, piece, text, object_key, content_type, bytes, duration_seconds)
     values ($1, 'en-US', 'greeting', 0, 'Hello from ', 'prompts/old.wav', 'audio/wav', 1, 1)`,
    [randomUUID()],
  );
  // The book is read anew.
  await record('goodbye');
  const call = await dial();
  expect(heard(call)).toContain('Welcome to the field report line.');
  await call.hangUp();
});

test('the line speaks with its own voice, and to a rep in the rep’s language', async () => {
  await server.pool.query(`update line set settings = '{"voice": "Polly.Ruth-Neural"}' where id = $1`, [
    server.lineId,
  ]);
  await server.pool.query(`update app_user set language = 'es-US' where id = $1`, [server.repId]);
  const call = await dial();
  await call.press(`${PIN}#`);
  const said = call.events().flatMap((event) => (event.kind === 'say' ? [event] : []));
  expect(said[0]).toMatchObject({ language: 'en-US', text: 'Welcome to the field report line.' });
  expect(said.at(-1)).toMatchObject({ language: 'es-US' });
  const { rows } = await server.pool.query<{ response: string }>(
    `select s.response from call_step s join call c on c.id = s.call_id where c.carrier_call_id = $1 order by s.step`,
    [call.sid],
  );
  expect(rows[0]?.response).toContain('voice="Polly.Ruth-Neural"');
  expect(rows.at(-1)?.response).toContain('voice="Polly.Lupe"');
  await call.hangUp();
});

test('the audio of a prompt is anybody’s, and never changes', async () => {
  const { id } = await record('goodbye');
  const first = await server.app.inject({ url: `/ivr/prompts/${id}` });
  expect(first.statusCode).toBe(200);
  expect(first.headers).toMatchObject({
    'content-type': 'audio/wav',
    'cache-control': 'public, max-age=31536000, immutable',
    etag: `"${id}"`,
    'content-length': String(wav.length),
  });
  expect(first.headers).not.toHaveProperty('set-cookie');
  expect(first.rawPayload.equals(wav)).toBe(true);
  for (const etag of [`"${id}"`, `W/"${id}"`, `"other", "${id}"`, '*']) {
    const again = await server.app.inject({ url: `/ivr/prompts/${id}`, headers: { 'if-none-match': etag } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  }
  const other = await server.app.inject({ url: `/ivr/prompts/${id}`, headers: { 'if-none-match': '"x"' } });
  expect(other.statusCode).toBe(200);
});

test('where a recording is gone a moment of silence keeps the call alive; what is no id is nothing', async () => {
  const gone = await server.app.inject({ url: `/ivr/prompts/${randomUUID()}` });
  expect(gone.statusCode).toBe(200);
  expect(gone.headers).toMatchObject({ 'content-type': 'audio/wav', 'cache-control': 'no-store' });
  expect(gone.headers).not.toHaveProperty('etag');
  for (const id of ['x', '..%2f..%2fsecret', 'a.wav'])
    expect((await server.app.inject({ url: `/ivr/prompts/${id}` })).statusCode).toBe(404);
});
