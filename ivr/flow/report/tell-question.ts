import { outcome } from '../moves.ts';
import type { CallState, Outcome } from '../types.ts';

/** A breath to say "no, nothing", not the time to look for a key. */
const BREATH_SECONDS = 1;

/** What the office wants to know, in a few words; null when it asks nothing in this call. */
export function askOffice(state: CallState): Outcome | null {
  if (!state.question) return null;
  return outcome({ ...state, at: 'hear_question' }, { kind: 'menu', speech: true, seconds: BREATH_SECONDS }, [
    { say: 'office_asks' },
    { speak: state.question.text },
  ]);
}
