import { describe, expect, test } from 'vitest';
import { createFaultBook, type Faults, INSTANTS } from '../../../ivr/simulator/faults.ts';
import type { MediaStore } from '../../../ivr/simulator/media-store.ts';
import { createSimulatedCall } from '../../../ivr/simulator/simulated-call.ts';
import type { Delivery, DeliveryFaults, WebhookSender } from '../../../ivr/simulator/webhook-sender.ts';
import { silenceOf, speech } from '../server.ts';

/* The carrier's side alone, against a line that is a table of documents. */

const URL = 'https://line.example.com';

function line(documents: Record<string, string>, faults: Faults = {}) {
  const requests: { path: string; parameters: Readonly<Record<string, string>> }[] = [];
  const recordings: string[] = [];
  const sender: WebhookSender = {
    async post(url, parameters, mishap: DeliveryFaults = {}): Promise<Delivery> {
      const path = url.slice(URL.length);
      if (!mishap.isLost) requests.push({ path, parameters });
      if (mishap.isLost || mishap.isLate) return { ok: false, errorCode: 11200 };
      const body = `<Response>${documents[path] ?? '<Hangup/>'}</Response>`;
      return { ok: true, status: 200, body, contentType: 'text/xml' };
    },
    get: async (url) =>
      url.endsWith('.wav')
        ? { ok: true, status: 200, body: '', contentType: 'audio/wav' }
        : { ok: false, errorCode: 11200 },
  };
  const media = {
    save: async ({ recordingSid }) => void recordings.push(recordingSid),
  } as Partial<MediaStore> as MediaStore;
  const call = createSimulatedCall({
    ...{ accountSid: 'AC1', apiOrigin: URL, publicUrl: URL, fallbackUrl: `${URL}/fallback` },
    ...{ from: '+15550111111', to: '+15550100001', faults, sender, media },
    now: () => new Date(),
    later: (send) => void send(),
    onMishap: () => {},
  });
  const paths = () => requests.map(({ path }) => path);
  return { call, requests, recordings, paths };
}

const MENU = '<Gather input="dtmf speech" numDigits="1" action="/menu"><Say>A menu.</Say></Gather>';
const RECORD = '<Say>Speak.</Say><Record action="/recorded" finishOnKey="25#" maxLength="3"/>';

describe('a menu that listens', () => {
  test('words are told as such', async () => {
    const { call, requests } = line({ '/ivr/answer': MENU, '/menu': MENU });
    await call.connect();
    expect(call.listening()).toMatchObject({ kind: 'keys', hearsSpeech: true });
    await call.speak(speech(1), 'The second one');
    expect(requests[1]?.parameters).toMatchObject({ SpeechResult: 'The second one', Confidence: '0.91' });
    expect(requests[1]?.parameters).not.toHaveProperty('Digits');
  });

  test('silence is no answer, and one that takes keys only hears nothing', async () => {
    const keysOnly = '<Gather action="/menu"/>';
    const { call, paths } = line({ '/ivr/answer': MENU, '/menu': keysOnly });
    await call.connect();
    await call.speak(silenceOf(1));
    expect(paths()).toEqual(['/ivr/answer']);
    await call.press('1');
    expect(call.listening()).toMatchObject({ hearsSpeech: false });
    await call.speak(speech(1));
    expect(paths()).toEqual(['/ivr/answer', '/menu']);
  });
});

test('any key may end a recording, others don’t', async () => {
  const { call, requests } = line({ '/ivr/answer': RECORD });
  await call.connect();
  await call.speak(speech(1));
  await call.press('1*');
  expect(call.listening()).toMatchObject({ kind: 'recording', finishOnKey: '25#' });
  await call.press('5');
  expect(requests.at(-2)).toMatchObject({ path: '/recorded', parameters: { Digits: '5' } });
});

describe('what can’t be had', () => {
  test('an answer too late: the fallback is asked, with what failed', async () => {
    const { call, requests } = line({ '/fallback': MENU }, { lateAnswers: [1] });
    await call.connect();
    expect(requests[1]).toMatchObject({
      path: '/fallback',
      parameters: { ErrorCode: '11200', ErrorUrl: `${URL}/ivr/answer` },
    });
    expect(call.listening()).toMatchObject({ kind: 'keys' });
  });

  test('something to play: the same, and no more than a few times', async () => {
    const { call, paths } = line({
      '/ivr/answer': `<Play>${URL}/nothing</Play>`,
      '/fallback': `<Play>${URL}/nothing</Play>`,
    });
    await call.connect();
    expect(paths()).toEqual(['/ivr/answer', '/fallback', '/fallback', '/fallback', '/ivr/status']);
    expect(call.status()).toBe('completed');
  });

  test('what can be played is played', async () => {
    const { call } = line({ '/ivr/answer': `<Gather><Play>${URL}/a.wav</Play></Gather>` });
    await call.connect();
    expect(call.events()).toEqual([{ kind: 'play', url: '/a.wav', isPlayable: true }]);
  });
});

describe('hanging up', () => {
  test.each(INSTANTS)('%s', async (instant) => {
    const { call, paths, recordings } = line(
      { '/ivr/answer': RECORD, '/recorded': MENU },
      { hangUpAt: { instant, nth: 1 } },
    );
    await call.connect();
    await call.speak(speech(1));
    await call.press('#');
    expect(call.status()).toBe('completed');
    expect(call.events()).toContainEqual({ kind: 'ended', by: 'caller' });
    const hasSpoken = instant === 'in_mid_word' || instant === 'before_action' || instant === 'in_menu';
    expect(recordings).toHaveLength(hasSpoken ? 1 : 0);
    expect(paths()).toEqual(
      hasSpoken ? ['/ivr/answer', '/recorded', '/ivr/status'] : ['/ivr/answer', '/ivr/status'],
    );
  });

  test('while a request is under way: its answer leads nowhere', async () => {
    const { call, paths } = line({ '/ivr/answer': MENU });
    const connecting = call.connect();
    await call.hangUp();
    await connecting;
    expect(call.events()).toEqual([{ kind: 'ended', by: 'caller' }]);
    expect(paths()).toEqual(['/ivr/answer', '/ivr/status']);
  });

  test('a broken connection is told as a failure', async () => {
    const { call, requests } = line({ '/ivr/answer': RECORD });
    await call.connect();
    await call.speak(speech(1));
    await call.drop();
    expect(call.events().at(-2)).toEqual({ kind: 'ended', by: 'carrier' });
    expect(requests.at(-1)).toMatchObject({ path: '/ivr/status', parameters: { CallStatus: 'failed' } });
  });
});

test('the fault book gives each fault as often as was noted, and counts', () => {
  const counted: string[] = [];
  const book = createFaultBook((kind) => counted.push(kind));
  book.note('RE1', { media: { fault: 'cut_off', times: 2 } }, ['media', 'deletion']);
  expect(book.next('RE1', 'media')).toBe('cut_off');
  expect([1, 2, 3].map(() => book.take('RE1', 'media'))).toEqual(['cut_off', 'cut_off', null]);
  expect(book.take('RE1', 'deletion')).toBeNull();
  expect(book.take('RE2', 'media')).toBeNull();
  expect(counted).toEqual(['media: cut_off', 'media: cut_off']);
});
