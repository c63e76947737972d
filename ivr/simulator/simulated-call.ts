import { randomBytes } from 'node:crypto';
import { writeWav } from '../../transcription/audio/write-wav.ts';
import type { CallEvent, Faults, Listening } from './call-events.ts';
import { describeListening } from './describe-listening.ts';
import { joinSamples } from './join-samples.ts';
import type { MediaStore } from './media-store.ts';
import { parseTwiml, type Verb } from './parse-twiml.ts';
import type { WebhookSender } from './signed-request.ts';
import { trimSilence } from './trim-silence.ts';

/** What telephones carry. */
export const SAMPLE_RATE = 8000;

export interface SimulatedCallOptions {
  accountSid: string;
  apiOrigin: string;
  publicUrl: string;
  from: string;
  to: string;
  faults: Faults;
  sender: WebhookSender;
  media: MediaStore;
  now: () => Date;
  /** Sends a callback when its time has come; called in the order in which they are due. */
  later: (send: () => Promise<void>) => void;
}

export interface SimulatedCall {
  sid: string;
  status(): 'in-progress' | 'completed';
  events(): readonly CallEvent[];
  listening(): Listening;
  /** Connects; resolves when the line waits for the caller. So do all of these, one after another. */
  connect(): Promise<void>;
  press(keys: string): Promise<void>;
  /** Samples at 8 kHz. Heard only while recording. */
  speak(samples: Int16Array): Promise<void>;
  /** The caller does nothing until the line has waited long enough. */
  wait(): Promise<void>;
  hangUp(): Promise<void>;
}

type Awaiting =
  | { kind: 'keys'; verb: Verb; base: string; rest: Verb[]; digits: string }
  | { kind: 'recording'; verb: Verb; base: string; rest: Verb[]; samples: Int16Array[]; startedAt: Date };

/** Documents that lead to each other for ever are cut off. */
const LONGEST_RUN = 50;

function newSid(prefix: string): string {
  return prefix + randomBytes(16).toString('hex');
}

/**
 * One call as the carrier runs it: fetches TwiML, speaks, gathers keys, records, follows. It has no timers: when
 * the caller's side says that it waited, the time is over.
 *
 *     connecting → running ⇄ (waiting for keys | recording) → over
 */
export function createSimulatedCall(options: SimulatedCallOptions): SimulatedCall {
  const { faults, sender, media, publicUrl } = options;
  const sid = newSid('CA');
  const events: CallEvent[] = [];
  let awaiting: Awaiting | null = null;
  let isOver = false;
  let turn: Promise<void> = Promise.resolve();
  const callbacksAfterEnd: (() => Promise<void>)[] = [];

  /** One thing after another, as on a real line. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  }

  function parameters(more: Record<string, string> = {}): Record<string, string> {
    return {
      AccountSid: options.accountSid,
      ApiVersion: '2010-04-01',
      CallSid: sid,
      CallStatus: isOver ? 'completed' : 'in-progress',
      Direction: 'inbound',
      From: options.from,
      To: options.to,
      Caller: options.from,
      Called: options.to,
      ...more,
    };
  }

  async function request(url: string, more: Record<string, string> = {}): Promise<string | null> {
    const sent = parameters(more);
    // Both at once: a repeat may well overtake the first one.
    const first = faults.repeatRequests ? sender.post(url, sent) : null;
    const [{ status, body }] = await Promise.all([sender.post(url, sent), first]);
    return status === 200 ? body : null;
  }

  /** Fetches a document and runs it. */
  async function follow(url: string, more: Record<string, string> = {}): Promise<void> {
    await run(...(await load(url, more)));
  }

  async function load(url: string, more: Record<string, string>): Promise<[Verb[], string]> {
    const body = await request(url, more);
    const verbs = body === null ? null : parseTwiml(body);
    if (verbs !== null) return [verbs, url];
    apologize();
    return [[], url];
  }

  function apologize(): void {
    events.push({ kind: 'trouble', text: 'An application error has occurred. Goodbye.' });
  }

  /** Runs verbs until the line waits or the call is over. */
  async function run(document: Verb[], at: string): Promise<void> {
    let verbs = [...document];
    let base = at;
    for (let followed = 0; ; ) {
      const verb = verbs.shift();
      if (verb === undefined) return end('line');
      switch (verb.name) {
        case 'Say':
        case 'Play':
        case 'Pause':
          await tell(verb, base);
          break;
        case 'Gather':
          for (const child of verb.children) await tell(child, base);
          awaiting = { kind: 'keys', verb, base, rest: verbs, digits: '' };
          return;
        case 'Record':
          if (verb.attributes.playBeep !== 'false') events.push({ kind: 'tone' });
          awaiting = { kind: 'recording', verb, base, rest: verbs, samples: [], startedAt: options.now() };
          return;
        case 'Redirect':
          followed += 1;
          if (followed > LONGEST_RUN) throw new Error('TwiML redirects without end');
          [verbs, base] = await load(new URL(verb.text, base).href, {});
          break;
        case 'Hangup':
          return end('line');
        default:
          events.push({ kind: 'trouble', text: `The simulator does not know <${verb.name}>.` });
      }
    }
  }

  async function tell(verb: Verb, base: string): Promise<void> {
    if (verb.name === 'Say') {
      events.push({ kind: 'say', text: verb.text, language: verb.attributes.language ?? 'en-US' });
    } else if (verb.name === 'Play') {
      const { href } = new URL(verb.text, base);
      const { status } = await sender.get(href);
      events.push({ kind: 'play', url: href.slice(publicUrl.length), isPlayable: status === 200 });
    } else if (verb.name === 'Pause') {
      events.push({ kind: 'pause', seconds: Number(verb.attributes.length ?? 1) });
    }
  }

  /** The keys of a Gather are complete, or nothing more came. */
  async function gathered(from: Extract<Awaiting, { kind: 'keys' }>): Promise<void> {
    awaiting = null;
    const { verb, base, rest, digits } = from;
    const { action = base, actionOnEmptyResult } = verb.attributes;
    if (digits === '' && actionOnEmptyResult !== 'true') return run(rest, base);
    return follow(new URL(action, base).href, { Digits: digits, msg: 'Gather End' });
  }

  /** A Record is over. `key`: what ended it, empty for silence and the longest length. */
  async function recorded(from: Extract<Awaiting, { kind: 'recording' }>, key: string): Promise<void> {
    awaiting = null;
    const { verb, base, rest, startedAt } = from;
    const { action = base, trim, recordingStatusCallback } = verb.attributes;
    const raw = joinSamples(from.samples);
    const samples = trim === 'trim-silence' ? trimSilence(raw, SAMPLE_RATE) : raw;
    const callbackUrl = recordingStatusCallback && new URL(recordingStatusCallback, base).href;
    if (samples.length === 0) {
      if (callbackUrl && (verb.attributes.recordingStatusCallbackEvent ?? '').includes('absent')) {
        const absent = parameters({
          RecordingSid: newSid('RE'),
          RecordingStatus: 'absent',
          RecordingDuration: '0',
        });
        await sendCallback(callbackUrl, absent);
      }
      // Without a recording the action isn't requested.
      return isOver ? undefined : run(rest, base);
    }
    const seconds = Math.floor(samples.length / SAMPLE_RATE);
    const recordingSid = newSid('RE');
    const info = { recordingSid, callSid: sid, startedAt: startedAt.toISOString(), seconds };
    await media.save(info, writeWav(SAMPLE_RATE, samples));
    events.push({ kind: 'recorded', seconds: samples.length / SAMPLE_RATE });
    const about = {
      RecordingSid: recordingSid,
      RecordingUrl: `${options.apiOrigin}/2010-04-01/Accounts/${options.accountSid}/Recordings/${recordingSid}`,
      RecordingDuration: String(seconds),
    };
    if (callbackUrl) {
      await sendCallback(
        callbackUrl,
        parameters({ ...about, RecordingStatus: 'completed', RecordingChannels: '1' }),
      );
    }
    const url = new URL(action, base).href;
    if (faults.loseRecordingRequests) {
      if (isOver) return;
      apologize();
      return end('line');
    }
    if (isOver) await request(url, { ...about, Digits: 'hangup' });
    else await follow(url, { ...about, Digits: key });
  }

  async function sendCallback(url: string, about: Record<string, string>): Promise<void> {
    const times = faults.repeatCallbacks ? 2 : 1;
    const send = async () => {
      for (let time = 0; time < times; time += 1) await sender.post(url, about);
    };
    switch (faults.recordingCallback ?? 'later') {
      case 'later':
        options.later(send);
        return;
      case 'before_action':
        return send();
      case 'after_end':
        callbacksAfterEnd.push(send);
        return;
      case 'lost':
        return;
    }
  }

  async function end(by: 'caller' | 'line'): Promise<void> {
    if (isOver) return;
    isOver = true;
    const interrupted = awaiting;
    awaiting = null;
    events.push({ kind: 'ended', by });
    if (interrupted?.kind === 'recording') await recorded(interrupted, 'hangup');
    if (!faults.loseStatus) await request(`${publicUrl}/ivr/status`, { CallDuration: '60' });
    // The last one first: callbacks overtake each other.
    for (const send of callbacksAfterEnd.reverse()) options.later(send);
  }

  async function press(keys: string): Promise<void> {
    if (isOver) return;
    events.push({ kind: 'keys', keys });
    for (const key of keys) {
      if (awaiting === null) return;
      const isEnd = describeListening(awaiting).finishOnKey.includes(key);
      if (awaiting.kind === 'recording') {
        if (isEnd) await recorded(awaiting, key);
        continue;
      }
      if (!isEnd) awaiting.digits += key;
      if (isEnd || awaiting.digits.length === Number(awaiting.verb.attributes.numDigits))
        await gathered(awaiting);
    }
  }

  async function speak(samples: Int16Array): Promise<void> {
    if (isOver) return;
    events.push({ kind: 'speech', seconds: samples.length / SAMPLE_RATE });
    let rest = samples;
    // What is beyond the longest recording goes into the next one, if the line begins one.
    while (rest.length > 0 && awaiting?.kind === 'recording') {
      const limit = Number(awaiting.verb.attributes.maxLength ?? 3600) * SAMPLE_RATE;
      const so = awaiting.samples.reduce((sum, { length }) => sum + length, 0);
      const fits = rest.subarray(0, limit - so);
      awaiting.samples.push(fits);
      rest = rest.subarray(fits.length);
      if (so + fits.length >= limit) await recorded(awaiting, '');
    }
  }

  async function wait(): Promise<void> {
    if (awaiting?.kind === 'keys') await gathered(awaiting);
    else if (awaiting?.kind === 'recording') await recorded(awaiting, '');
  }

  return {
    sid,
    status: () => (isOver ? 'completed' : 'in-progress'),
    events: () => events,
    listening: () => awaiting && describeListening(awaiting),
    connect: () => inTurn(() => follow(`${publicUrl}/ivr/answer`)),
    press: (keys) => inTurn(() => press(keys)),
    speak: (samples) => inTurn(() => speak(samples)),
    wait: () => inTurn(wait),
    hangUp: () => inTurn(() => end('caller')),
  };
}
