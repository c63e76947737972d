import type { Key } from '../flow/dictating/key-maps.ts';
import { LONGEST_RECORDING_SECONDS } from '../flow/dictating/types.ts';
import type { Input, StepName } from '../flow/types.ts';
import { type Form, fieldOf } from './form.ts';

export interface StepQuery {
  /** Our recording, when the request follows one. */
  recording?: string;
  /** The carrier went on because the recording came out empty. */
  nothing?: string;
  /** The step before failed; the number of the attempt. */
  resume?: string;
  /** It brings a PIN; see await-pin.ts. */
  pin?: string;
}

/** Steps that a recording ends. */
const RECORDING: ReadonlySet<StepName> = new Set(['recording', 'answer_doubt', 'survey_answering']);

/** What a request of the carrier tells, given where the call is. */
export function readInput(at: StepName, query: StepQuery, form: Form): Input {
  if (query.resume !== undefined) return { kind: 'resumed' };
  if (query.recording === undefined) {
    // Out of its turn: the step records, but what came are keys, or the other way round.
    if (RECORDING.has(at)) return { kind: 'resumed' };
    const keys = fieldOf(form, 'Digits') ?? '';
    const hasSpoken = keys === '' && form.has('SpeechResult');
    return hasSpoken ? { kind: 'spoke' } : { kind: 'keys', keys };
  }
  if (!RECORDING.has(at) && at !== 'over') return { kind: 'resumed' };
  if (query.nothing !== undefined) return { kind: 'nothing_recorded' };
  const digits = fieldOf(form, 'Digits');
  const hasHungUp = digits === 'hangup' || fieldOf(form, 'CallStatus') === 'completed';
  const recorded = fieldOf(form, 'RecordingSid');
  const seconds = readSeconds(fieldOf(form, 'RecordingDuration'));
  if (recorded === undefined)
    return hasHungUp ? { kind: 'hung_up', failed: false } : { kind: 'nothing_recorded' };
  if (hasHungUp) return { kind: 'recorded', seconds, endedBy: 'hang_up' };
  if (isKey(digits)) return { kind: 'recorded', seconds, endedBy: digits };
  // One second of grace: the carrier rounds.
  const atLimit = seconds !== null && seconds >= LONGEST_RECORDING_SECONDS - 1;
  return { kind: 'recorded', seconds, endedBy: atLimit ? 'limit' : 'silence' };
}

/** Whole seconds as the carrier sends them; null when it sends none. */
export function readSeconds(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null;
}

function isKey(digits: string | undefined): digits is Key {
  return digits !== undefined && /^[0-9*#]$/.test(digits);
}
