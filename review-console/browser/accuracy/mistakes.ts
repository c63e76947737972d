import { plainKey } from '../dom.ts';
import { currentItem, select } from '../list-keys.ts';
import { byId, setText } from '../workbench/dom.ts';
import { type Clip, createClipPlayer } from './clip-player.ts';

/** The playlist of one's own mistakes: `p` plays the current one, `h` says it was heard, a button plays all. */
export function startMistakes(): void {
  const list = document.getElementById('playlist');
  if (!list) return;
  const player = createClipPlayer(byId('audio', HTMLAudioElement));
  const told = byId('told', HTMLElement);
  let run = 0;

  const clipOf = (item: Element | null): Clip | null => {
    const { clip, from, to } = item instanceof HTMLElement ? item.dataset : {};
    return clip ? { dictationId: clip, fromMs: Number(from), toMs: Number(to) } : null;
  };
  const play = async (item: HTMLElement | null) => {
    const clip = clipOf(item);
    if (!item || !clip) return;
    select(item);
    item.toggleAttribute('data-playing', true);
    const played = await player.play(clip);
    item.removeAttribute('data-playing');
    setText(told, played ? '' : 'This could not be played. Its audio may not be kept any more.');
  };
  const playAll = async () => {
    const mine = ++run;
    for (const item of list.querySelectorAll<HTMLElement>('[data-clip]')) {
      if (mine !== run) return;
      await play(item);
    }
  };

  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-play-clip]') : null;
    if (!button) return;
    run += 1;
    void play(button.closest<HTMLElement>('[data-clip]'));
  });
  document.getElementById('play-all')?.addEventListener('click', () => void playAll());
  document.addEventListener('keydown', (event) => {
    const key = plainKey(event);
    const item = currentItem() ?? list.querySelector<HTMLElement>('[data-item]');
    if (key === 'p') {
      run += 1;
      if (player.isPlaying()) player.stop();
      else void play(item);
    } else if (key === 'h') item?.querySelector<HTMLElement>('[data-heard]')?.click();
  });
}
