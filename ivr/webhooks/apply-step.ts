import type pg from 'pg';
import { type Along, inTransaction } from '../../platform/database/in-transaction.ts';
import { Forbidden, NotFound } from '../../platform/errors.ts';
import { type AnnounceRecording, lockRecordings, saveAnnounced } from '../../transcription/intake/intake.ts';
import type { CallDeps } from '../deps.ts';
import { openQuestion } from '../flow/survey/moves.ts';
import type { Input, StepName } from '../flow/types.ts';
import { type PinRead, readPinOfCall } from '../pins/read-pin.ts';
import { speakingTo } from '../prompts/speaking.ts';
import { renderAnswer } from '../twiml/render-answer.ts';
import { renderGoodbye } from '../twiml/render-trouble.ts';
import { readAnnouncedMedia } from './announced-media.ts';
import { awaitPin } from './await-pin.ts';
import { type CallRow, findSteps, lockCall, saveStep } from './call-rows.ts';
import { type Form, fieldOf } from './form.ts';
import { carrierKey, keyedHash } from './keyed-hash.ts';
import { readInput, readSeconds, type StepQuery } from './read-input.ts';
import { runFlow } from './run-flow.ts';
import { noWakes, type Wakes } from './wakes.ts';

export interface StepRequest {
  callId: string;
  step: number;
  query: StepQuery;
  form: Form;
  /** Exactly as received; tells a repeat from another request. */
  rawBody: string;
}

export interface StepAnswer {
  twiml: string;
  /** Where the call was, for the latency figures. */
  at: StepName;
}

/**
 * One request of a call under way, in one transaction that holds the lock on the call's row.
 *
 *     step = the call's   apply, save state, effects and answer
 *     step applied before the same request: the answer stored then. Another one: the newest answer, so that the
 *                         caller is led on from where the call is
 *
 * A recording that the request names is announced in any case: it exists, whatever became of the step.
 *
 * @throws NotFound no such call; Forbidden the request belongs to another call
 */
export async function applyStep(deps: CallDeps, request: StepRequest): Promise<StepAnswer> {
  const { platform } = deps;
  const wakes = noWakes();
  const answer = await inTransaction(platform.database.pool, async (client, along) => {
    const recording = readAnnounced(request, deps);
    // Sent together: the call's row is locked before the rest is looked at.
    const [call, found, earlier, pinRead] = await Promise.all([
      lockCall(client, request.callId),
      recording && lockRecordings(client, recording),
      recording === null ? findAnnounced(client, request.query.recording) : null,
      request.query.pin === undefined ? null : readPinOfCall(client, request.callId),
    ]);
    if (call === undefined) throw new NotFound(`No call ${request.callId}`);
    const key = carrierKey(platform.config.secret, fieldOf(request.form, 'CallSid') ?? '');
    if (key !== call.carrierKey) throw new Forbidden(`Request of another call for call ${call.id}`);
    if (recording !== null && found !== null) {
      const announced = saveAnnounced(client, along, { found, announced: recording });
      if (announced?.isNew) wakes.recordingIds.add(announced.recordingId);
    }
    // Odd: a request that names a recording and calls it empty.
    const announcedNow = recording && request.query.nothing !== undefined;
    const announcedBefore = announcedNow ? await findAnnounced(client, recording.recordingId) : earlier;
    return request.step === call.step
      ? applyNew(client, deps, { call, request, announcedBefore, pinRead, wakes, along })
      : answerOld(client, deps, { call, request });
  });
  deps.waker.wake(wakes);
  return answer;
}

function fingerprintOf(secret: string, { query, rawBody }: StepRequest): string {
  return keyedHash(secret, 'step', `${JSON.stringify(query)}\0${rawBody}`);
}

/** The recording that the request tells of; null when it tells of none. */
function readAnnounced({ form, query }: StepRequest, { platform }: CallDeps): AnnounceRecording | null {
  const media = readAnnouncedMedia(form, platform.config.carrier);
  if (media === null || query.recording === undefined) return null;
  const seconds = readSeconds(fieldOf(form, 'RecordingDuration'));
  return { recordingId: query.recording, ...media, seconds, now: platform.clock.now() };
}

async function applyNew(
  client: pg.ClientBase,
  deps: CallDeps,
  {
    call,
    request,
    announcedBefore,
    pinRead,
    wakes,
    along,
  }: {
    call: CallRow;
    request: StepRequest;
    announcedBefore: AnnouncedBefore | null;
    pinRead: PinRead | null;
    wakes: Wakes;
    along: Along;
  },
): Promise<StepAnswer> {
  const { platform } = deps;
  const now = platform.clock.now();
  const input = checkAgainstAnnounced(
    readInput(call.state.at, request.query, request.form),
    call,
    announcedBefore,
  );
  const outcome = await runFlow(client, deps, { call, input, pinRead, now, wakes, along });
  const { prompts, next } = outcome;
  const { state, urls } = awaitPin({ state: outcome.state, urls: deps.urls }, platform.config.secret, call);
  const address = { callId: call.id, step: call.step + 1 };
  const twiml = renderAnswer(
    { prompts, next },
    { speaking: speakingTo({ ...state, now }, deps.recorded), urls, address },
  );
  const fingerprint = fingerprintOf(platform.config.secret, request);
  along(saveStep(client, { callId: call.id, step: call.step, state, fingerprint, response: twiml, now }));
  return { twiml, at: call.state.at };
}

interface AnnouncedBefore {
  recordingId: string;
  seconds: number | null;
}

/** In: our id of a recording. Out: what the carrier has said of it, null when it has said nothing. Locks nothing. */
async function findAnnounced(
  client: pg.ClientBase,
  recordingId: string | undefined,
): Promise<AnnouncedBefore | null> {
  if (recordingId === undefined) return null;
  const { rows } = await client.query<AnnouncedBefore>({
    name: 'ivr-find-announced',
    text: `
      select id as "recordingId", announced_seconds as seconds from recording
      where id = $1 and carrier_recording_id is not null`,
    values: [recordingId],
  });
  return rows[0] ?? null;
}

/** A callback that came first may have announced what the request calls empty. Out: the input to go by. */
function checkAgainstAnnounced(input: Input, { state }: CallRow, announced: AnnouncedBefore | null): Input {
  if (input.kind !== 'nothing_recorded' || announced === null) return input;
  const said = state.at === 'survey_answering' ? openQuestion(state) : state.dictation;
  if (said?.parts.at(-1)?.recordingId !== announced.recordingId) return input;
  return { kind: 'recorded', seconds: announced.seconds, endedBy: 'silence' };
}

async function answerOld(
  client: pg.ClientBase,
  { platform, urls, recorded }: CallDeps,
  { call, request }: { call: CallRow; request: StepRequest },
): Promise<StepAnswer> {
  const { at } = call.state;
  const newest = call.step - 1;
  const steps = await findSteps(client, { callId: call.id, step: request.step, newest });
  const same = steps.find(({ step }) => step === request.step);
  if (same?.fingerprint === fingerprintOf(platform.config.secret, request)) {
    return { twiml: same.response, at };
  }
  platform.log.warn({ callId: call.id, step: request.step, callStep: call.step }, 'request out of its turn');
  const last = steps.find(({ step }) => step === newest);
  if (last === undefined || call.status === 'ended') {
    const speaking = speakingTo({ ...call.state, now: platform.clock.now() }, recorded);
    return { twiml: renderGoodbye({ speaking, urls }, 'goodbye'), at };
  }
  return { twiml: last.response, at };
}
