import { setText } from '../dom.ts';
import type { Autosave } from './autosave.ts';

const WORDS: Record<Autosave['phase'], readonly [text: string, tone: string]> = {
  idle: ['Saved', 'good'],
  dirty: ['Saving', ''],
  saving: ['Saving', ''],
  offline: ['Offline. Kept on this computer, sent when the server is back', 'waiting'],
  conflict: ['Changed in two places', 'conflict'],
  lost: ['Kept on this computer only', 'late'],
};

/** Unsaved for longer than usual: only then is "Saving" worth a word. */
const USUAL_MS = 2_000;

/**
 * The saved state in words, in the bottom line. While somebody types it says "Saved" throughout, because everything
 * is a second later; it changes when that takes longer than usual.
 */
export function createSaveLine(target: HTMLElement): (state: Autosave) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (phase: Autosave['phase']) => {
    clearTimeout(timer);
    timer = undefined;
    const [text, tone] = WORDS[phase];
    setText(target, text);
    target.dataset.tone = tone;
  };
  return (state) => {
    target.dataset.phase = state.phase;
    target.dataset.revision = String(state.revision);
    // How much of the text is where: what tests and benches look at.
    target.dataset.atServer = String(state.baseText.length);
    const isUnderWay = state.phase === 'dirty' || state.phase === 'saving';
    const saysSaved = target.textContent === WORDS.idle[0];
    if (isUnderWay && saysSaved) timer ??= setTimeout(() => show(state.phase), USUAL_MS);
    else show(state.phase);
  };
}
