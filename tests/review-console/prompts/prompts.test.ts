import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeWav } from '../../../transcription/audio/write-wav.ts';
import { stereoWav, tone } from '../../ivr/prompts/recorded/sounds.ts';
import { type Client, type ConsoleKit, createConsoleKit } from '../support/console-kit.ts';

let kit: ConsoleKit;
let administrator: Client;
beforeAll(async () => {
  kit = await createConsoleKit({ reports: 1 });
  administrator = await kit.as('administrator');
});
afterAll(() => kit.close());

async function upload(path: string, payload: Buffer, { token }: { token?: string } = {}) {
  const page = await administrator.get('/prompts');
  const csrf = /name="csrf-token" content="([^"]+)"/.exec(page.body)?.[1] ?? '';
  return kit.app.inject({
    method: 'POST',
    url: path,
    headers: {
      cookie: administrator.cookieHeader(),
      accept: 'application/json',
      'content-type': 'application/octet-stream',
      'x-csrf-token': token ?? csrf,
    },
    payload,
  });
}

const rows = () => kit.platform.database.prisma.promptAudio.findMany();
/** What the page shows of one prompt. */
const shown = (html: string, id: string) =>
  new RegExp(`id="prompt-${id}".*?data-told`, 's').exec(html)?.[0].replace(/\s+/g, ' ') ?? '';

describe('the list', () => {
  test('has each prompt of each language, by part of the call', async () => {
    const english = (await administrator.get('/prompts')).body;
    expect(english).toContain('<h2 id="group-login">Log-in</h2>');
    expect(shown(english, 'enter_pin')).toContain('Please enter your PIN, then press pound.');
    expect(english).toContain('0 of');
    const spanish = (await administrator.get('/prompts?language=es-US')).body;
    expect(shown(spanish, 'enter_pin')).toContain('Marque su clave');
    expect(spanish).toContain('data-language="es-US"');
  });

  test('shows values by an example, apart from the words that can be recorded', async () => {
    const prompt = shown((await administrator.get('/prompts')).body, 'saved');
    expect(prompt).toContain('title="seconds, for example">1 minute and 35 seconds</span>');
    expect(prompt.match(/data-upload/g)).toHaveLength(2);
  });

  test('finds by words and by name, and says when there is nothing', async () => {
    const found = (await administrator.get('/prompts?q=short+number')).body;
    expect(shown(found, 'enter_short_number')).not.toBe('');
    expect(shown(found, 'goodbye')).toBe('');
    const none = (await administrator.get('/prompts?q=xyzzy')).body;
    expect(none).toContain('No prompt with “xyzzy”');
    expect(none).toContain('href="/prompts?language=en-US"');
  });

  test('a language without prompts is nowhere', async () => {
    expect((await administrator.get('/prompts?language=fr-FR')).statusCode).toBe(404);
  });
});

test('a recording is put in place, told of, played, replaced and removed', async () => {
  const added = await upload('/prompts/es-US/goodbye/0/audio', stereoWav(tone(2, 44_100), 44_100));
  expect([added.statusCode, added.json()]).toEqual([
    201,
    { sentence: '2.0 seconds, loudness −23.8 dB, peak −20.8 dB. Good.' },
  ]);
  const [row] = await rows();
  expect(row).toMatchObject({ language: 'es-US', promptId: 'goodbye', piece: 0, text: 'Hasta luego.' });
  expect(row?.uploadedById).toBe(kit.company.userIds.administrator);

  const page = (await administrator.get('/prompts?language=es-US')).body;
  expect(shown(page, 'goodbye')).toContain(`data-play-audio="/ivr/prompts/${row?.id}"`);
  expect(shown(page, 'goodbye')).toContain('recorded');
  expect(page).toContain('1 of');
  expect(shown((await administrator.get('/prompts?language=es-US&state=recorded')).body, 'goodbye')).not.toBe(
    '',
  );
  expect(shown((await administrator.get('/prompts?language=es-US&state=voice')).body, 'goodbye')).toBe('');

  const replaced = await upload('/prompts/es-US/goodbye/0/audio', writeWav(8000, tone(1)));
  expect(replaced.statusCode).toBe(201);
  const [next, ...more] = await rows();
  expect(more).toEqual([]);
  expect(next?.id).not.toBe(row?.id);

  const removed = await administrator.post('/prompts/es-US/goodbye/0/remove');
  expect([removed.statusCode, removed.headers.location]).toEqual([
    303,
    '/prompts?language=es-US#prompt-goodbye',
  ]);
  expect(await rows()).toEqual([]);
  const log = (await administrator.get('/audit-log')).body;
  for (const verb of ['added', 'replaced', 'removed'])
    expect(log).toContain(`${verb} a recording of a prompt`);
});

test('one whose text has changed since is marked, with what it says', async () => {
  await upload('/prompts/en-US/goodbye/0/audio', writeWav(8000, tone(1)));
  await kit.platform.database.prisma.promptAudio.updateMany({ data: { text: 'Bye & <thanks>.' } });
  const page = (await administrator.get('/prompts?state=outdated')).body;
  expect(shown(page, 'goodbye')).toContain('text has changed');
  expect(shown(page, 'goodbye')).toContain('Bye &amp; &lt;thanks&gt;.');
  // What callers hear is the voice.
  expect(shown(page, 'goodbye')).not.toContain('data-audio=');
  expect(page).toContain('1 recording not played');

  await kit.platform.database.prisma.promptAudio.updateMany({ data: { promptId: 'farewell' } });
  const later = (await administrator.get('/prompts')).body;
  expect(later).toContain('Left over');
  expect((await administrator.post('/prompts/en-US/farewell/0/remove')).statusCode).toBe(303);
  expect(await rows()).toEqual([]);
});

describe('what is refused changes nothing and says why', () => {
  test.each([
    ['no audio', Buffer.from('hello, this is text'), 'WAV or MP3'],
    ['nothing', Buffer.alloc(0), 'Choose'],
    ['silence', writeWav(8000, new Int16Array(16_000)), 'Nothing can be heard'],
    ['too long', writeWav(48_000, tone(70, 48_000)), 'a minute at most'],
  ])('%s', async (_, payload, says) => {
    const answer = await upload('/prompts/en-US/goodbye/0/audio', payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.message).toContain(says);
    expect(await rows()).toEqual([]);
  });

  test.each([
    '/prompts/en-US/farewell/0/audio',
    '/prompts/en-US/goodbye/7/audio',
    '/prompts/en-US/goodbye/x/audio',
  ])('no such words: %s', async (path) => {
    expect((await upload(path, writeWav(8000, tone(1)))).statusCode).toBe(404);
  });

  test('without the token of a page of ours', async () => {
    const answer = await upload('/prompts/en-US/goodbye/0/audio', writeWav(8000, tone(1)), { token: '' });
    expect(answer.statusCode).toBe(403);
    expect(await rows()).toEqual([]);
  });
});
