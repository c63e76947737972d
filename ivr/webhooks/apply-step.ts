import type pg from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Forbidden, NotFound } from '../../platform/errors.ts';
import { announceRecording } from '../../transcription/intake/intake.ts';
import type { CallDeps } from '../deps.ts';
import type { Input, StepName } from '../flow/types.ts';
import { promptSetOf } from '../prompts/speak.ts';
import { renderAnswer } from '../twiml/render-answer.ts';
import { renderGoodbye } from '../twiml/render-trouble.ts';
import { readAnnouncedMedia } from './announced-media.ts';
import { type CallRow, findSteps, lockCall, saveStep } from './call-rows.ts';
import { noWakes, type Wakes, wakeAll } from './effects.ts';
import { type Form, fieldOf } from './form.ts';
import { carrierKey, keyedHash } from './keyed-hash.ts';
import { readInput, readSeconds, type StepQuery } from './read-input.ts';
import { runFlow } from './run-flow.ts';

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
  const answer = await inTransaction(platform.database.pool, async (client) => {
    const call = await lockCall(client, request.callId);
    if (call === undefined) throw new NotFound(`No call ${request.callId}`);
    const key = carrierKey(platform.config.secret, fieldOf(request.form, 'CallSid') ?? '');
    if (key !== call.carrierKey) throw new Forbidden(`Request of another call for call ${call.id}`);
    await announce(client, deps, { request, wakes });
    return request.step === call.step
      ? applyNew(client, deps, { call, request, wakes })
      : answerOld(client, deps, { call, request });
  });
  await wakeAll(platform, wakes);
  return answer;
}

function fingerprintOf(secret: string, { query, rawBody }: StepRequest): string {
  return keyedHash(secret, 'step', `${JSON.stringify(query)}\0${rawBody}`);
}

async function announce(
  client: pg.ClientBase,
  { platform }: CallDeps,
  { request, wakes }: { request: StepRequest; wakes: Wakes },
): Promise<void> {
  const media = readAnnouncedMedia(request.form, platform.config.carrier);
  if (media === null || request.query.recording === undefined) return;
  const seconds = readSeconds(fieldOf(request.form, 'RecordingDuration'));
  const announced = await announceRecording(client, {
    recordingId: request.query.recording,
    ...media,
    seconds,
    now: platform.clock.now(),
  });
  if (announced?.isNew) wakes.recordingIds.add(announced.recordingId);
}

async function applyNew(
  client: pg.ClientBase,
  deps: CallDeps,
  { call, request, wakes }: { call: CallRow; request: StepRequest; wakes: Wakes },
): Promise<StepAnswer> {
  const { platform, urls } = deps;
  const now = platform.clock.now();
  const input = await checkAgainstAnnounced(
    client,
    call,
    readInput(call.state.at, request.query, request.form),
  );
  const { state, prompts, next } = await runFlow(client, deps, { call, input, now, wakes });
  const address = { callId: call.id, step: call.step + 1 };
  const twiml = renderAnswer({ prompts, next }, { set: promptSetOf(call.language), urls, address });
  const fingerprint = fingerprintOf(platform.config.secret, request);
  await saveStep(client, { callId: call.id, step: call.step, state, fingerprint, response: twiml, now });
  return { twiml, at: call.state.at };
}

/**
 * A callback that came first may have announced what the request calls empty. Out: the input to go by.
 */
async function checkAgainstAnnounced(client: pg.ClientBase, call: CallRow, input: Input): Promise<Input> {
  if (input.kind !== 'nothing_recorded') return input;
  const recordingId = call.state.dictation?.parts.at(-1)?.recordingId;
  if (recordingId === undefined) return input;
  const { rows } = await client.query<{ seconds: number | null }>({
    name: 'ivr-find-announced',
    text: `
      select announced_seconds as seconds from recording
      where id = $1 and carrier_recording_id is not null`,
    values: [recordingId],
  });
  const announced = rows[0];
  if (announced === undefined) return input;
  return { kind: 'recorded', seconds: announced.seconds, endedBy: 'silence' };
}

async function answerOld(
  client: pg.ClientBase,
  { platform }: CallDeps,
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
    return { twiml: renderGoodbye(promptSetOf(call.language), 'goodbye'), at };
  }
  return { twiml: last.response, at };
}
