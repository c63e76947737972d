import { expect, test } from 'vitest';
import { applyInput } from '../../../ivr/flow/call-flow.ts';
import type { RecordingEnd } from '../../../ivr/flow/dictating/types.ts';
import type { CallState, Effect, Input, Next, Outcome } from '../../../ivr/flow/types.ts';
import { FRESH } from './states.ts';

export interface Row {
  when: string;
  state: CallState;
  input: Input;
  /** Step, what is waited for, texts said, effects done. */
  leads: {
    at: CallState['at'];
    next: Next['kind'];
    say?: string[];
    do?: Effect['kind'][];
    with?: Partial<CallState>;
  };
}

export const keys = (pressed: string): Input => ({ kind: 'keys', keys: pressed });
export const recorded = (seconds: number | null, endedBy: RecordingEnd): Input => ({
  kind: 'recorded',
  seconds,
  endedBy,
});

export function said(outcome: Outcome): string[] {
  return outcome.prompts.map((prompt) => {
    if ('say' in prompt) return prompt.say;
    if ('speak' in prompt) return `speak ${prompt.speak}`;
    if ('playClip' in prompt) return `clip ${prompt.playClip.dictationId}`;
    const { playRecordingId, lastSeconds } = prompt;
    return lastSeconds === undefined ? `play ${playRecordingId}` : `play ${playRecordingId} ${lastSeconds}`;
  });
}

export function check(rows: Row[]): void {
  test.each(rows)('$when', ({ state, input, leads }) => {
    const before = structuredClone(state);
    const outcome = applyInput(state, input, FRESH);
    expect({
      at: outcome.state.at,
      next: outcome.next.kind,
      say: said(outcome),
      do: outcome.effects.map(({ kind }) => kind),
    }).toEqual({ at: leads.at, next: leads.next, say: leads.say ?? [], do: leads.do ?? [] });
    if (leads.with) expect(outcome.state).toMatchObject(leads.with);
    expect(state).toEqual(before);
  });
}
