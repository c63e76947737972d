import { randomBytes } from 'node:crypto';
import type { CallEvent, Listening } from './call-events.ts';
import { createCallRequests, type LoadedDocument } from './call-requests.ts';
import { describeListening } from './describe-listening.ts';
import type { Faults, Instant, OnMishap } from './faults.ts';
import { finishRecording } from './finish-recording.ts';
import { joinSamples } from './join-samples.ts';
import type { MediaStore } from './media-store.ts';
import type { Verb } from './parse-twiml.ts';
import { createRecordingCallbacks } from './recording-callbacks.ts';
import { SAMPLE_RATE } from './sample-rate.ts';
import { isAudible } from './trim-silence.ts';
import { ERROR_CODES, type Parameters, type WebhookSender } from './webhook-sender.ts';

export interface SimulatedCallOptions {
  accountSid: string;
  apiOrigin: string;
  publicUrl: string;
  /** The number's fallback address; null when it has none. */
  fallbackUrl: string | null;
  from: string;
  to: string;
  faults: Faults;
  sender: WebhookSender;
  media: MediaStore;
  now: () => Date;
  /** Sends a callback when its time has come; called in the order in which they are due. */
  later: (send: () => Promise<void>) => void;
  onMishap: OnMishap;
}

export type SimulatedCallStatus = 'in-progress' | 'completed' | 'failed';

export interface SimulatedCall {
  sid: string;
  from: string;
  to: string;
  startedAt: Date;
  endedAt(): Date | null;
  status(): SimulatedCallStatus;
  events(): readonly CallEvent[];
  listening(): Listening;
  /** Connects; resolves when the line waits for the caller. So do all of these, one after another. */
  connect(): Promise<void>;
  press(keys: string): Promise<void>;
  /** Samples at 8 kHz; heard while recording. Where the line listens for words it hears `words`, and nothing else. */
  speak(samples: Int16Array, words?: string): Promise<void>;
  /** The caller does nothing until the line has waited long enough. */
  wait(): Promise<void>;
  /** At once, whatever the line is doing. */
  hangUp(): Promise<void>;
  /** The connection breaks, and the carrier says so. */
  drop(): Promise<void>;
}

type Awaiting =
  | { kind: 'keys'; verb: Verb; base: string; rest: Verb[]; digits: string }
  | { kind: 'recording'; verb: Verb; base: string; rest: Verb[]; samples: Int16Array[]; startedAt: Date };
type AwaitingKeys = Extract<Awaiting, { kind: 'keys' }>;
type AwaitingRecording = Extract<Awaiting, { kind: 'recording' }>;

/** Documents that lead to each other for ever are cut off. */
const LONGEST_RUN = 50;
/** A fallback that leads into the same failure again and again, too. */
const MOST_FALLBACKS = 3;
const ANY_WORDS = 'Hello.';

function newSid(prefix: string): string {
  return prefix + randomBytes(16).toString('hex');
}

/**
 * One call as the carrier runs it: fetches TwiML, speaks, gathers keys, records, follows. It has no timers: when
 * the caller's side says that it waited, the time is over.
 *
 *     connecting → running ⇄ (waiting for keys | recording) → over
 *
 * A caller who has gone is noticed at the next thing that the line does; an answer under way leads nowhere then.
 */
export function createSimulatedCall(options: SimulatedCallOptions): SimulatedCall {
  const { faults, from, to, sender, media, publicUrl, now, onMishap } = options;
  const sid = newSid('CA');
  const startedAt = now();
  const events: CallEvent[] = [];
  const reached = new Map<Instant, number>();
  let awaiting: Awaiting | null = null;
  let hasGone = false;
  let status: SimulatedCallStatus = 'in-progress';
  let endedAt: Date | null = null;
  /** Since the caller last did something. */
  let fallbacks = 0;
  let turn: Promise<void> = Promise.resolve();
  const requests = createCallRequests({ ...options, sid, callStatus: () => status });
  const callbacks = createRecordingCallbacks(options);
  const accountUrl = `${options.apiOrigin}/2010-04-01/Accounts/${options.accountSid}`;
  const finishing = { accountUrl, faults, media, requests, callbacks };

  const isOver = () => status !== 'in-progress';

  /** One thing after another, as on a real line. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  }

  /** Whether the caller goes now, because this is the instant that was chosen. */
  function goesAt(instant: Instant): boolean {
    const nth = (reached.get(instant) ?? 0) + 1;
    reached.set(instant, nth);
    if (faults.hangUpAt?.instant === instant && faults.hangUpAt.nth === nth && !hasGone) {
      hasGone = true;
      onMishap(`hung up ${instant}`);
    }
    return hasGone;
  }

  /** The document could not be run to its end. */
  async function fallBack(base: string): Promise<void> {
    fallbacks += 1;
    return goOn(fallbacks > MOST_FALLBACKS ? null : await requests.fallBack(base, ERROR_CODES.retrieval));
  }

  /** Fetches a document and runs it. */
  async function follow(url: string, more: Parameters = {}): Promise<void> {
    goesAt('before_answer');
    await goOn(await requests.load(url, more));
  }

  async function goOn(document: LoadedDocument | null): Promise<void> {
    if (hasGone) return end('caller');
    if (document !== null) return run(document);
    events.push({ kind: 'trouble', text: 'An application error has occurred. Goodbye.' });
    return end('line');
  }

  /** Runs verbs until the line waits or the call is over. */
  async function run({ verbs, base }: LoadedDocument, followed = 0): Promise<void> {
    const rest = [...verbs];
    for (let verb = rest.shift(); verb !== undefined; verb = rest.shift()) {
      if (hasGone) return end('caller');
      switch (verb.name) {
        case 'Say':
        case 'Play':
        case 'Pause':
          if (!(await tell(verb, base))) return fallBack(base);
          break;
        case 'Gather':
          for (const child of verb.children) {
            if (!(await tell(child, base))) return fallBack(base);
          }
          awaiting = { kind: 'keys', verb, base, rest, digits: '' };
          return goesAt('in_menu') ? end('caller') : undefined;
        case 'Record':
          if (verb.attributes.playBeep !== 'false') events.push({ kind: 'tone' });
          awaiting = { kind: 'recording', verb, base, rest, samples: [], startedAt: now() };
          return goesAt('at_tone') ? end('caller') : undefined;
        case 'Redirect': {
          if (followed > LONGEST_RUN) throw new Error('TwiML redirects without end');
          goesAt('before_answer');
          const document = await requests.load(new URL(verb.text, base).href);
          return document === null || hasGone ? goOn(document) : run(document, followed + 1);
        }
        case 'Hangup':
          return end('line');
        default:
          events.push({ kind: 'trouble', text: `The simulator does not know <${verb.name}>.` });
      }
    }
    return end(hasGone ? 'caller' : 'line');
  }

  /** Out: false when there was nothing to play, which a carrier takes as an error of the document. */
  async function tell(verb: Verb, base: string): Promise<boolean> {
    if (goesAt('in_prompt')) return true;
    if (verb.name === 'Say') {
      events.push({ kind: 'say', text: verb.spoken, language: verb.attributes.language ?? 'en-US' });
    } else if (verb.name === 'Pause') {
      events.push({ kind: 'pause', seconds: Number(verb.attributes.length ?? 1) });
    } else if (verb.name === 'Play') {
      const { href } = new URL(verb.text, base);
      const delivery = await sender.get(href);
      const isPlayable = delivery.ok && delivery.contentType.startsWith('audio/');
      events.push({ kind: 'play', url: href.slice(publicUrl.length), isPlayable });
      return isPlayable;
    }
    return true;
  }

  /** The keys of a Gather are complete, something was said, or nothing more came. */
  async function gathered({ verb, base, rest, digits }: AwaitingKeys, words = ''): Promise<void> {
    awaiting = null;
    const { action = base, actionOnEmptyResult } = verb.attributes;
    const url = new URL(action, base).href;
    if (words !== '') return follow(url, { SpeechResult: words, Confidence: '0.91', Language: 'en-US' });
    if (digits === '' && actionOnEmptyResult !== 'true') return run({ verbs: rest, base });
    return follow(url, { Digits: digits, msg: 'Gather End' });
  }

  /** A Record is over. `key`: what ended it, empty for silence and the longest length. */
  async function recorded(from: AwaitingRecording, key: string): Promise<void> {
    awaiting = null;
    const { verb, base, rest, samples: pieces } = from;
    const recording = { recordingSid: newSid('RE'), callSid: sid, samples: joinSamples(pieces) };
    const finished = await finishRecording(finishing, { ...from, ...recording });
    // Without a recording the action isn't requested.
    if (finished === null) return isOver() ? undefined : run({ verbs: rest, base });
    const { about } = finished;
    events.push({ kind: 'recorded', seconds: finished.seconds });
    const { action = base } = verb.attributes;
    const url = new URL(action, base).href;
    if (faults.loseRecordingRequests) {
      onMishap('request after a recording lost');
      return isOver() ? undefined : goOn(null);
    }
    if (isOver()) return requests.tell(url, { ...about, Digits: 'hangup' });
    if (!goesAt('before_action')) return follow(url, { ...about, Digits: key });
    close('completed', 'caller');
    await requests.tell(url, { ...about, Digits: key });
    return tellEnd();
  }

  function close(as: SimulatedCallStatus, by: 'caller' | 'line' | 'carrier'): void {
    status = as;
    endedAt = now();
    events.push({ kind: 'ended', by });
  }

  async function end(by: 'caller' | 'line' | 'carrier'): Promise<void> {
    if (isOver()) return;
    const interrupted = awaiting;
    awaiting = null;
    close(by === 'carrier' ? 'failed' : 'completed', by);
    if (interrupted?.kind === 'recording') await recorded(interrupted, 'hangup');
    return tellEnd();
  }

  async function tellEnd(): Promise<void> {
    if (faults.loseStatus) onMishap('end of the call not told');
    else await requests.tell(`${publicUrl}/ivr/status`, { CallDuration: '60' });
    callbacks.release();
  }

  async function press(keys: string): Promise<void> {
    if (isOver()) return;
    fallbacks = 0;
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

  async function speak(samples: Int16Array, words = ANY_WORDS): Promise<void> {
    if (isOver()) return;
    events.push({ kind: 'speech', seconds: samples.length / SAMPLE_RATE });
    if (awaiting?.kind === 'keys') {
      // Keys that were pressed before decide.
      const listening = describeListening(awaiting);
      const isHeard = listening.kind === 'keys' && listening.hearsSpeech && awaiting.digits === '';
      return isHeard && isAudible(samples) ? gathered(awaiting, words) : undefined;
    }
    let rest = samples;
    // What is beyond the longest recording goes into the next one, if the line begins one.
    while (rest.length > 0 && awaiting?.kind === 'recording') {
      const limit = Number(awaiting.verb.attributes.maxLength ?? 3600) * SAMPLE_RATE;
      const so = awaiting.samples.reduce((sum, { length }) => sum + length, 0);
      const fits = rest.subarray(0, limit - so);
      if (goesAt('in_mid_word')) {
        awaiting.samples.push(fits.subarray(0, Math.ceil(fits.length / 2)));
        return end('caller');
      }
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
    ...{ sid, from, to, startedAt },
    endedAt: () => endedAt,
    status: () => status,
    events: () => events,
    listening: () => awaiting && describeListening(awaiting),
    connect: () => inTurn(() => follow(`${publicUrl}/ivr/answer`)),
    press: (keys) => inTurn(() => press(keys)),
    speak: (samples, words) => inTurn(() => speak(samples, words)),
    wait: () => inTurn(wait),
    hangUp() {
      hasGone = true;
      return inTurn(() => end('caller'));
    },
    drop: () => inTurn(() => end('carrier')),
  };
}
