import { plainKey } from './dom.ts';
import { currentItem } from './list-keys.ts';
import type { UnitPlayer } from './unit-player.ts';

/** Buttons that play one unit, anywhere on a page (`data-play-report`, `data-play-unit`); `p` plays the current item's. */
export function startPlayButtons(player: UnitPlayer): void {
  document.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-play-unit]') : null;
    if (button) toggle(button);
  });
  document.addEventListener('keydown', (event) => {
    if (plainKey(event) !== 'p' || document.querySelector('[data-letter]')) return;
    const button = currentItem()?.querySelector<HTMLElement>('[data-play-unit]');
    if (player.current()) player.stop();
    else if (button) toggle(button);
  });
  const toggle = (button: HTMLElement) => {
    const { playReport, playUnit } = button.dataset;
    if (playReport && playUnit) player.toggle({ reportId: playReport, number: Number(playUnit) });
  };
  player.onChange(({ unit, state }) => {
    document.querySelectorAll<HTMLElement>('[data-play-unit]').forEach((button) => {
      const { playReport, playUnit } = button.dataset;
      const isIt = unit !== null && unit.reportId === playReport && unit.number === Number(playUnit);
      const plays = isIt && state !== 'failed';
      button.toggleAttribute('data-playing', plays);
      if (isIt && state === 'failed') {
        button.dataset.failed = '';
        button.setAttribute(
          'aria-label',
          `Unit ${playUnit} can't be played; its audio may not be kept any more`,
        );
        button.title = "Can't be played. Its audio may not be kept any more.";
      } else {
        delete button.dataset.failed;
        button.setAttribute('aria-label', plays ? 'Stop' : `Play unit ${playUnit}`);
      }
    });
  });
}
