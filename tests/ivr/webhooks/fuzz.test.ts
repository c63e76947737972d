import type { FastifyInstance } from 'fastify';
import { SaxesParser } from 'saxes';
import twilio from 'twilio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../../app/build-app.ts';
import { ensureBasics } from '../../../app/ensure-basics.ts';
import { parseTwiml, type Verb } from '../../../ivr/simulator/parse-twiml.ts';
import { createLogger } from '../../../platform/log.ts';
import { createTestPlatform, TEST_ADMIN_TOKEN, type TestPlatform } from '../../support/test-platform.ts';
import { createRandom, type Random } from '../faults/random.ts';
import { makeWorld, type World } from '../faults/world.ts';
import { type FuzzedForm, fuzzForm, oddPaths } from './fuzz-inputs.ts';

/*
 * Calls on all lines, request by request, in which every field may hold anything, signed rightly. Whatever comes:
 * never a 5xx, never an answer that a carrier can't read, nothing logged as our own failure, and nothing stored that
 * a list of the API can't show afterwards. FUZZ_CALLS makes it longer, FUZZ_SEED another one.
 */

const PUBLIC_URL = 'https://phone.example.com';
const AUTH_TOKEN = 'token-of-the-carrier';
const CALLS = Number(process.env.FUZZ_CALLS ?? 24);
const SEED = Number(process.env.FUZZ_SEED ?? 11);
const STEPS = 14;
/** What we tell carriers to do, and nothing else. */
const VERBS = new Set(['Say', 'Play', 'Pause', 'Gather', 'Record', 'Redirect', 'Hangup']);

let made: TestPlatform;
let app: FastifyInstance;
let world: World;
const failures: string[] = [];

beforeAll(async () => {
  made = await createTestPlatform({
    env: { PUBLIC_URL, TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}`, TWILIO_AUTH_TOKEN: AUTH_TOKEN },
  });
  const log = createLogger({ level: 'error', destination: { write: (line) => void failures.push(line) } });
  const platform = { ...made.platform, log };
  await ensureBasics(platform.database);
  world = await makeWorld(platform);
  app = await buildApp(platform);
});
afterAll(async () => {
  await app.close();
  await made.close();
});

async function post(path: string, { body, contentType, query }: FuzzedForm) {
  const url = query === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
  const parameters: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  const signature = twilio.getExpectedTwilioSignature(AUTH_TOKEN, PUBLIC_URL + url, parameters);
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': contentType ?? 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature,
    },
    payload: body,
  });
  const what = `${url.slice(0, 200)} ${body.slice(0, 400)}`;
  expect(answer.statusCode, what).toBeLessThan(500);
  if (answer.statusCode === 200) checkTwiml(answer.body, what);
  expect(failures.splice(0), what).toEqual([]);
  return answer;
}

function checkTwiml(xml: string, what: string): void {
  const problems: string[] = [];
  const parser = new SaxesParser({ fragment: false });
  parser.on('error', (error) => problems.push(error.message));
  parser.write(xml).close();
  const check = (verb: Verb) => {
    if (!VERBS.has(verb.name)) problems.push(`<${verb.name}>`);
    const { action, recordingStatusCallback } = verb.attributes;
    const spoken = verb.name === 'Play' || verb.name === 'Redirect' ? verb.text : undefined;
    for (const url of [action, recordingStatusCallback, spoken]) {
      if (url !== undefined && !url.startsWith(`${PUBLIC_URL}/ivr/`)) problems.push(url);
    }
    // What is inside of a Say marks up speech.
    if (verb.name !== 'Say') verb.children.forEach(check);
  };
  const verbs = parseTwiml(xml);
  if (verbs === null) problems.push('no TwiML');
  verbs?.forEach(check);
  expect(problems, `${what}\n${xml}`).toEqual([]);
}

/** Where the carrier would go next, whether it records, and what it was told about recordings. */
function nextOf(xml: string) {
  const all = (parseTwiml(xml) ?? []).flatMap((verb) => [verb, ...verb.children]);
  const asking = all.find(({ name }) => name === 'Gather' || name === 'Record' || name === 'Redirect');
  const address = asking?.name === 'Redirect' ? asking.text : asking?.attributes.action;
  const callback = asking?.attributes.recordingStatusCallback;
  return {
    path: address?.slice(PUBLIC_URL.length) ?? null,
    callback: callback?.slice(PUBLIC_URL.length) ?? null,
    isRecording: asking?.name === 'Record',
    said: all.map(({ spoken }) => spoken).join(' '),
  };
}

function rightAnswer(next: ReturnType<typeof nextOf>, random: Random): Record<string, string> {
  if (next.isRecording) {
    const RecordingSid = `RE${String(random.between(0, 999_999_999)).padStart(32, '0')}`;
    const { carrier } = made.platform.config;
    const RecordingUrl = `${carrier.apiOrigin}/2010-04-01/Accounts/${carrier.accountSid}/Recordings/${RecordingSid}`;
    return { RecordingSid, RecordingUrl, RecordingDuration: '4', Digits: random.pick(['#', '*', '']) };
  }
  if (/\bPIN\b/.test(next.said)) return { Digits: world.pin };
  if (/\bID\b/.test(next.said)) return { Digits: random.pick(world.anonymousIds) };
  if (random.chance(0.1)) return { SpeechResult: 'Acme Pumps', Confidence: '0.9' };
  return { Digits: random.pick([...'0123456789*#', '1*1']) };
}

async function fuzzCall(number: number): Promise<void> {
  const random = createRandom(SEED * 1009 + number);
  const CallSid = `CA${(SEED * 100_000 + number).toString(16).padStart(32, '0')}`;
  const lines = Object.values(world.lines);
  const base = {
    ...{ CallSid, CallStatus: 'in-progress', From: random.pick(world.reps).phone },
    To: lines[number % lines.length] ?? '',
  };
  const encoded = (form: Record<string, string>) => new URLSearchParams(form).toString();

  await post('/ivr/answer', fuzzForm(base, random));
  let next = nextOf((await post('/ivr/answer', { body: encoded(base) })).body);
  for (let step = 0; step < STEPS && next.path !== null; step += 1) {
    const { path } = next;
    const form = { ...base, ...rightAnswer(next, random) };
    if (next.callback !== null)
      await post(next.callback, fuzzForm({ ...form, RecordingStatus: 'completed' }, random));
    for (let more = random.between(1, 3); more > 0; more -= 1) await post(path, fuzzForm(form, random));
    // Where a changed request has moved the call the right one finds it, wherever that is.
    const answer = await post(path, { body: encoded(form) });
    if (answer.statusCode === 200) next = nextOf(answer.body);
    const callId = /calls\/([0-9a-f-]{36})/.exec(path)?.[1];
    if (callId !== undefined && random.chance(0.3)) {
      await post(
        random.pick(oddPaths(callId)),
        random.chance(0.5) ? { body: encoded(form) } : fuzzForm(form, random),
      );
    }
  }
  await post('/ivr/status', fuzzForm({ ...base, CallStatus: 'completed', CallDuration: '60' }, random));
  await post('/ivr/status', { body: encoded({ ...base, CallStatus: 'completed' }) });
}

test('whatever a signed request holds, the carrier gets an answer that it can read', async () => {
  for (let number = 0; number < CALLS; number += 1) await fuzzCall(number);
  const { rows } = await made.platform.database.pool.query(
    `select (select count(*)::int from call) as calls, (select count(*)::int from call where status <> 'ended') as open,
       (select count(*)::int from call_step) as steps, (select count(*)::int from recording) as recordings`,
  );
  // Not because nothing ever happened.
  expect(rows[0].steps).toBeGreaterThan(CALLS * 4);
  expect(rows[0].recordings).toBeGreaterThan(CALLS / 4);
  expect(rows[0].open).toBe(0);
}, 120_000);

test('odd addresses, each alone', async () => {
  const From = world.reps[0]?.phone ?? '';
  const body = new URLSearchParams({ CallSid: 'CAodd', From, To: world.lines.report }).toString();
  const path = nextOf((await post('/ivr/answer', { body })).body).path ?? '';
  const callId = /calls\/([0-9a-f-]{36})/.exec(path)?.[1] ?? '';
  for (const odd of oddPaths(callId)) {
    await post(odd, { body });
    const got = await app.inject({ method: 'GET', url: odd });
    expect(got.statusCode, odd).toBeLessThan(500);
  }
  expect(failures.splice(0)).toEqual([]);
});

test('what was stored can be shown', async () => {
  const headers = { authorization: `Bearer ${TEST_ADMIN_TOKEN}` };
  const { paths } = (await app.inject({ url: '/api/openapi.json', headers })).json<{
    paths: Record<string, { get?: unknown }>;
  }>();
  const lists = Object.keys(paths).filter((path) => paths[path]?.get !== undefined && !path.includes('{'));
  expect(lists.length).toBeGreaterThan(5);
  for (const url of lists) {
    const { statusCode } = await app.inject({ url, headers });
    expect(statusCode, url).toBeLessThan(500);
  }
  expect(failures.splice(0)).toEqual([]);
});
