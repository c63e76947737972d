import { expect } from 'vitest';
import { applyInput, beginCall } from '../../../ivr/flow/call-flow.ts';
import type { Part, UnfinishedDictation } from '../../../ivr/flow/dictating/types.ts';
import type { Applied, CallState, Effect, Input, Question } from '../../../ivr/flow/types.ts';
import { FRESH, LINE, REPLY, SPEAKER } from './states.ts';

export const PIN = '2468';
/** An attempt with this one finds too many before it. */
export const SLOWED_PIN = '1111';

interface KeptDictation {
  status: 'open' | 'held' | 'submitted' | 'typed' | 'discarded';
  wasCutOff: boolean;
  parts: Part[];
}

/**
 * Calls of one rep, one after another or at once, over a database as far as the flow's effects and questions change it.
 * It refuses what the database would refuse.
 */
export interface World {
  dictations: Map<string, KeptDictation>;
  /** Seconds that the carrier recorded, by recording. */
  spoken: Map<string, number>;
  dropped: Set<string>;
  /** How often the caller confirmed that a part be dropped. */
  confirmed: number;
  resumed: number;
  calls: Map<string, Applied>;
  ids: () => string;
}

export function createWorld(): World {
  let id = 0;
  return {
    dictations: new Map(),
    spoken: new Map(),
    dropped: new Set(),
    confirmed: 0,
    resumed: 0,
    calls: new Map(),
    ids: () => {
      id += 1;
      return String(id);
    },
  };
}

export function callIn(
  world: World,
  { isOwnPhone, keyMap }: { isOwnPhone: boolean; keyMap: string },
): string {
  const callId = `call ${world.ids()}`;
  const phoneOwnerId = isOwnPhone ? 'rep' : null;
  world.calls.set(callId, beginCall({ ...LINE, keyMap }, { phoneOwnerId, fresh: FRESH }));
  return callId;
}

export function callOf(world: World, callId: string): Applied {
  const call = world.calls.get(callId);
  if (call === undefined) throw new Error(`no ${callId}`);
  return call;
}

/** Applies an input and answers the flow's questions, as the webhook does. */
export function apply(world: World, callId: string, input: Input): Applied {
  let now = callOf(world, callId);
  let next: Input | null = input;
  while (next !== null) {
    const fresh = { dictationId: world.ids(), recordingId: world.ids(), linkId: world.ids() };
    now = applyInput(now.state, next, fresh);
    for (const effect of now.effects) perform(world, effect);
    next = now.next.kind === 'ask' ? answer(world, callId, now.state, now.next.question) : null;
  }
  world.calls.set(callId, now);
  return now;
}

export function hangUp(world: World, callId: string, { failed }: { failed: boolean }): void {
  expect(apply(world, callId, { kind: 'hung_up', failed })).toMatchObject({
    state: { at: 'over', dictation: null, unfinished: [] },
    next: { kind: 'hang_up' },
  });
  // The end may be told twice.
  expect(apply(world, callId, { kind: 'hung_up', failed }).effects).toEqual([]);
}

/** What has been on hold too long is sent. */
export function sweepHeld(world: World): void {
  for (const dictation of world.dictations.values()) {
    if (dictation.status === 'held') dictation.status = 'submitted';
  }
}

/** A person has typed all that was sent. */
export function typeAll(world: World): void {
  for (const dictation of world.dictations.values()) {
    if (dictation.status === 'submitted') dictation.status = 'typed';
  }
}

function find(world: World, dictationId: string): KeptDictation {
  const dictation = world.dictations.get(dictationId);
  if (dictation === undefined) throw new Error(`no dictation ${dictationId}`);
  return dictation;
}

function perform(world: World, effect: Effect): void {
  switch (effect.kind) {
    case 'open_dictation':
      expect(world.dictations.has(effect.dictationId)).toBe(false);
      world.dictations.set(effect.dictationId, { status: 'open', wasCutOff: false, parts: [] });
      return;
    case 'expect_recording': {
      const { dictationId, recordingId, part } = effect;
      const { status, parts } = find(world, dictationId);
      expect(status).toBe('open');
      expect(part).toBe(parts.length + 1);
      expect([...world.dictations.values()].flatMap((each) => each.parts)).not.toContainEqual(
        expect.objectContaining({ recordingId }),
      );
      parts.push({ recordingId, part, seconds: null, empty: false, dropped: false });
      return;
    }
    case 'drop_recording':
      world.dropped.add(effect.recordingId);
      return;
    case 'hold_dictation':
      expect(find(world, effect.dictationId).status).toBe('open');
      find(world, effect.dictationId).status = 'held';
      return;
    case 'submit_dictation':
      submit(world, effect.dictationId, effect.wasCutOff === true);
      return;
    case 'send_held':
      if (find(world, effect.dictationId).status === 'held') submit(world, effect.dictationId, false);
      return;
    case 'discard_dictation':
      expect(speechIn(world, effect.dictationId)).toBe(0);
      find(world, effect.dictationId).status = 'discarded';
      return;
    case 'leave_dropped':
      find(world, effect.dictationId).wasCutOff = false;
      return;
    case 'mark_empty':
      expect(world.spoken.get(effect.recordingId) ?? 0).toBe(0);
      return;
    default:
  }
}

function submit(world: World, dictationId: string, wasCutOff: boolean): void {
  const dictation = find(world, dictationId);
  expect(['open', 'held']).toContain(dictation.status);
  Object.assign(dictation, { status: 'submitted', wasCutOff });
}

/** Seconds that were said in it and not dropped, as far as the carrier has told. */
function speechIn(world: World, dictationId: string): number {
  return find(world, dictationId).parts.reduce(
    (sum, { recordingId }) => sum + (world.dropped.has(recordingId) ? 0 : wholeSecondsOf(world, recordingId)),
    0,
  );
}

function wholeSecondsOf(world: World, recordingId: string): number {
  const seconds = world.spoken.get(recordingId) ?? 0;
  return seconds < 1 ? 0 : seconds;
}

function answer(world: World, callId: string, state: CallState, question: Question): Input {
  switch (question.kind) {
    case 'check_pin':
      if (question.pin === PIN) return { kind: 'pin_right', speaker: speakerOf(state), mustChange: false };
      return question.pin === SLOWED_PIN ? { kind: 'pin_slowed', waitSeconds: 60 } : { kind: 'pin_wrong' };
    case 'check_new_pin':
      return question.pin === PIN
        ? { kind: 'new_pin_refused', refusal: 'same' }
        : { kind: 'new_pin_fine', chosen: { pinHash: 'hash', replaces: 'old' } };
    case 'save_new_pin':
      return { kind: 'pin_saved' };
    case 'submit_dictation':
      submit(world, question.dictationId, false);
      return { kind: 'submitted', reference: '1234567' };
    case 'where_am_i':
      return { kind: 'described', reference: '1234567', backTo: question.backTo };
    case 'find_before':
      return { kind: 'before_found', replies: [], question: null, unfinished: unfinishedIn(world, callId) };
    case 'find_messages':
      return { kind: 'messages_found', replies: [REPLY] };
    case 'find_reports':
      return { kind: 'reports_found', reports: [{ reportId: 'report 1', about: null, day: '2026-11-17' }] };
    case 'find_last_accounts':
      return { kind: 'accounts_found', accounts: [] };
    case 'find_account':
      return { kind: 'account_found', account: null };
    case 'find_briefing':
      return { kind: 'briefing_found', briefing: null };
    case 'resume_dictation':
      return resume(world, question);
    default:
      throw new Error(`Nobody asks ${question.kind} on a report line`);
  }
}

function speakerOf({ keyMap }: CallState) {
  return { ...SPEAKER, keyMap };
}

function unfinishedIn(world: World, askingId: string): UnfinishedDictation[] {
  const at = '2026-03-03T15:00:00.000Z';
  const kept = [...world.dictations].flatMap(([dictationId, { status, wasCutOff, parts }]) => {
    const isOffered = status === 'held' || ((status === 'submitted' || status === 'typed') && wasCutOff);
    if (!isOffered) return [];
    const kind = status === 'held' ? ('held' as const) : ('dropped' as const);
    return [{ dictationId, kind, at, about: null, parts: heardParts(world, parts), callId: null }];
  });
  const connected = [...world.calls].flatMap(([callId, { state }]) => {
    if (callId === askingId || state.at !== 'recording' || state.dictation === null) return [];
    const { dictationId, parts } = state.dictation;
    return [{ dictationId, kind: 'connected' as const, at, about: null, parts, callId }];
  });
  return [...connected, ...kept];
}

function resume(
  world: World,
  { dictationId, callId }: Extract<Question, { kind: 'resume_dictation' }>,
): Input {
  if (callId !== null && callOf(world, callId).state.at !== 'over') {
    apply(world, callId, { kind: 'hung_up', failed: true });
  }
  const dictation = find(world, dictationId);
  const { status, wasCutOff, parts } = dictation;
  if (status === 'typed') {
    return {
      kind: 'typed',
      dictationId,
      reference: '1234567',
      for: { kind: 'report', accountId: null },
      about: null,
    };
  }
  if (status !== 'held' && !(status === 'submitted' && wasCutOff)) return { kind: 'gone', dictationId };
  world.resumed += 1;
  Object.assign(dictation, { status: 'open', wasCutOff: false });
  return {
    kind: 'reopened',
    dictation: {
      dictationId,
      parts: heardParts(world, parts),
      urgent: false,
      isContinued: true,
      isAtSeam: status !== 'held',
    },
    for: { kind: 'report', accountId: null },
  };
}

/** As the database has them: with what the carrier told of each. */
function heardParts(world: World, parts: readonly Part[]): Part[] {
  return parts.map((part) => ({
    ...part,
    seconds: world.spoken.get(part.recordingId) ?? null,
    dropped: world.dropped.has(part.recordingId),
  }));
}
