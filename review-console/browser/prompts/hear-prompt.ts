import type { Sounds } from './sounds.ts';

/**
 * `[data-play-audio]` plays one recording; `[data-hear]` plays a prompt as callers hear it, piece by piece: what is
 * recorded from its recording, the rest spoken. What sounds is marked.
 */
export function startHearing(root: HTMLElement, sounds: Sounds): void {
  const language = root.dataset.language ?? 'en-US';
  let playing: HTMLElement | null = null;

  const show = (button: HTMLElement, isPlaying: boolean) => {
    button.toggleAttribute('data-playing', isPlaying);
    if (button.matches('[data-hear]')) button.setAttribute('aria-pressed', String(isPlaying));
    playing = isPlaying ? button : playing === button ? null : playing;
  };
  const toggle = async (button: HTMLElement, work: () => Promise<boolean>) => {
    const isMine = playing === button;
    sounds.stop();
    if (isMine) return;
    show(button, true);
    const ended = await work();
    show(button, false);
    if (!ended && !playing) button.blur();
  };
  const hear = async (prompt: HTMLElement): Promise<boolean> => {
    for (const piece of prompt.querySelectorAll<HTMLElement>('[data-piece]')) {
      piece.toggleAttribute('data-sounding', true);
      const text = piece.textContent ?? '';
      const { audio } = piece.dataset;
      const ended = audio ? await sounds.play(audio) : await sounds.speak(text, language);
      piece.toggleAttribute('data-sounding', false);
      if (!ended) return false;
    }
    return true;
  };
  root.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('button') : null;
    const prompt = button?.closest<HTMLElement>('[data-prompt]');
    if (!button || !prompt) return;
    const { playAudio } = button.dataset;
    if (playAudio) void toggle(button, () => sounds.play(playAudio));
    else if (button.matches('[data-hear]')) void toggle(button, () => hear(prompt));
  });
}
