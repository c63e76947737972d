import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCall } from '../../app/commands/call.ts';
import { writeWav } from '../../transcription/audio/write-wav.ts';
import { type IvrServer, OWN_PHONE, PIN, SHORT_NUMBER, speech, startIvrServer } from './server.ts';

let server: IvrServer;
let folder: string;
let url: string;
let audio: string;

beforeAll(async () => {
  server = await startIvrServer();
  url = server.platform.config.carrier.apiOrigin;
  folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-call-'));
  audio = path.join(folder, 'report.wav');
  await writeFile(audio, writeWav(8000, speech(4)));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<{ status: number; printed: string }> {
  let printed = '';
  const write = (text: string | Uint8Array) => {
    printed += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  vi.spyOn(process.stderr, 'write').mockImplementation(write);
  const status = await runCall(args).finally(() => vi.restoreAllMocks());
  return { status, printed };
}

test('from one’s own phone: the conversation is printed, the PIN is not', async () => {
  const { status, printed } = await run('--server', url, '--pin', PIN, '--audio', audio, '--from', OWN_PHONE);
  expect(printed).not.toContain(PIN);
  const { rows } = await server.pool.query(
    'select reference from dictation order by started_at desc limit 1',
  );
  expect(printed).toBe(
    [
      'Line    Welcome to the field report line.',
      'Line    Please enter your PIN, then press pound.',
      'Caller  [••••••#]',
      'Line    Please say your report after the tone.',
      'Line    Press pound to end, star to pause, 0 for help.',
      'Line    (tone)',
      'Caller  (speaks for 4.0 s)',
      'Caller  [#]',
      'Line    (recorded 4.0 s)',
      'Line    Thank you. Your report is on its way. It is 4 seconds long.',
      `Line    Its reference is ${[...rows[0].reference].join(', ')}.`,
      'Line    For another report, press 1. For messages, 2. For a briefing, 3. To report on one account, 4. If something in the CRM is wrong, 5. To change your PIN, 9. To finish, hang up or press pound.',
      'Caller  (hangs up)',
      `Reference ${rows[0].reference}`,
      '',
    ].join('\n'),
  );
  expect(status).toBe(0);
});

test('from a stranger’s phone, pausing and marking urgent', async () => {
  const { status, printed } = await run(
    ...['--server', url, '--pin', PIN, '--audio', audio, '--short-number', SHORT_NUMBER],
    ...['--keys', '*', '--keys', '6', '--keys', '#'],
  );
  expect(printed).toContain('It is marked urgent.');
  expect(status).toBe(0);
  const reference = printed.match(/Reference (\d{7})/)?.[1];
  const { rows } = await server.pool.query('select urgent from dictation where reference = $1', [reference]);
  expect(rows).toEqual([{ urgent: true }]);
});

test('a wrong PIN: no reference, and so no success', async () => {
  const { status, printed } = await run(
    '--server',
    url,
    '--pin',
    '999999',
    '--audio',
    audio,
    '--from',
    OWN_PHONE,
  );
  expect(status).toBe(1);
  expect(printed).toContain('No reference was read back');
});

test('no server, no audio, no PIN: a sentence', async () => {
  await expect(run('--server', 'http://127.0.0.1:1', '--pin', PIN, '--audio', audio)).rejects.toThrow(
    'No server answers at http://127.0.0.1:1',
  );
  await expect(run('--server', url, '--pin', PIN, '--audio', 'nowhere.wav')).rejects.toThrow('nowhere.wav');
  expect(await run('--server', url, '--audio', audio)).toMatchObject({ status: 2 });
});
