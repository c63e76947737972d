import type { Autosave } from './autosave.ts';
import { setText } from './dom.ts';

const WORDS: Record<Autosave['phase'], readonly [text: string, tone: string]> = {
  idle: ['Saved', 'good'],
  dirty: ['Saving', ''],
  saving: ['Saving', ''],
  offline: ['Offline. Kept on this computer, sent when the server is back', 'waiting'],
  conflict: ['Changed in two places', 'conflict'],
  lost: ['Kept on this computer only', 'late'],
};

/** The saved state in words, in the bottom line. "Saving" is no news while typing, so only ends are announced. */
export function createSaveLine(target: HTMLElement): (state: Autosave) => void {
  return (state) => {
    const [text, tone] = WORDS[state.phase];
    setText(target, text);
    target.dataset.tone = tone;
    target.dataset.phase = state.phase;
    target.dataset.revision = String(state.revision);
  };
}
