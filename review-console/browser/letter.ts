import { plainKey } from './dom.ts';
import { placeNumbers } from './place-numbers.ts';
import type { PlayedUnit, UnitPlayer } from './unit-player.ts';

/** The report's letter: numbers in the margin, codes and playing in the bar below, `p` plays. */
export function startLetter(player: UnitPlayer): void {
  const letter = document.querySelector<HTMLElement>('.letter');
  const text = letter?.querySelector<HTMLElement>('[data-letter]');
  const reportId = letter?.dataset.report;
  if (!letter || !text || !reportId) return;
  placeNumbers(text);
  const bar = createBar(letter);
  let shown: HTMLElement | null = null;

  const show = (unit: HTMLElement) => {
    if (player.current() || unit === shown) return;
    shown?.removeAttribute('data-shown');
    shown = unit;
    unit.setAttribute('data-shown', '');
    bar.show(unit);
  };
  const played = (unit: HTMLElement): PlayedUnit => ({ reportId, number: Number(unit.dataset.unit) });
  const toggle = (unit: HTMLElement) => {
    show(unit);
    if ('playable' in unit.dataset) player.toggle(played(unit));
  };
  const unitAt = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLElement>('.unit') : null;

  text.addEventListener('pointerover', (event) => {
    const unit = unitAt(event.target);
    if (unit && event.pointerType === 'mouse') show(unit);
  });
  text.addEventListener('focusin', (event) => {
    const unit = unitAt(event.target);
    if (unit) show(unit);
  });
  text.addEventListener('click', (event) => {
    const unit = unitAt(event.target);
    // Marking words to copy them is no wish to listen.
    if (unit && (getSelection()?.isCollapsed ?? true)) toggle(unit);
  });
  /** A unit that is not in the text any more, when the address names it: its notice stands above the text. */
  const retired = () => document.querySelector<HTMLElement>('.retired-unit:target');
  document.addEventListener('keydown', (event) => {
    if (plainKey(event) !== 'p') return;
    const gone = retired();
    if (player.current()) player.stop();
    else if (gone) player.toggle({ reportId, number: Number(gone.dataset.retired) });
    else if (shown) toggle(shown);
  });
  // Whoever comes by a link hears the unit with one key.
  const showNamed = () => {
    const named = text.querySelector<HTMLElement>('.unit:target');
    if (named) show(named);
  };
  addEventListener('hashchange', showNamed);
  showNamed();
  bar.button.addEventListener('click', () => {
    if (player.current()) player.stop();
    else if (shown) toggle(shown);
  });
  letter.querySelector('[data-play-all]')?.addEventListener('click', async () => {
    for (const unit of text.querySelectorAll<HTMLElement>('.unit[data-playable]')) {
      if ((await player.play(played(unit))) !== 'ended') return;
    }
  });
  document.querySelectorAll<HTMLElement>('[data-unit-link]').forEach((link) => {
    link.addEventListener('click', () => {
      const unit = document.querySelector<HTMLElement>(`#unit-${link.dataset.unitLink}`);
      if (unit) show(unit);
    });
  });
  player.onChange(({ unit, state, progress }) => {
    const element = unit ? text.querySelector<HTMLElement>(`#unit-${unit.number}`) : null;
    text.querySelectorAll('[data-playing]').forEach((other) => {
      if (other !== element || state === 'failed') other.removeAttribute('data-playing');
    });
    if (element && state !== 'failed') {
      element.setAttribute('data-playing', '');
      if (element !== shown) {
        shown?.removeAttribute('data-shown');
        shown = element;
        bar.show(element);
      }
    }
    bar.playing(unit !== null && state !== 'failed', progress);
    if (state === 'failed') bar.fail(element);
  });
}

function createBar(letter: HTMLElement) {
  const bar = letter.querySelector<HTMLElement>('[data-unit-bar]');
  const button = bar?.querySelector<HTMLButtonElement>('[data-unit-play]');
  const words = bar?.querySelector<HTMLElement>('[data-unit-bar-text]');
  if (!bar || !button || !words) throw new Error('the letter has no bar');
  const progress = document.createElement('progress');
  progress.max = 1;
  progress.setAttribute('aria-label', 'How much of the unit has played');
  return {
    button,
    show(unit: HTMLElement) {
      const number = document.createElement('span');
      number.className = 'strong';
      number.textContent = unit.dataset.unit ?? '';
      const chips = [...unit.querySelectorAll('.chip')].map((chip) => chip.cloneNode(true));
      words.replaceChildren(number, ...chips);
      button.disabled = !('playable' in unit.dataset);
    },
    playing(on: boolean, share: number) {
      bar.toggleAttribute('data-playing', on);
      button.setAttribute('aria-label', on ? 'Stop' : 'Play this unit');
      progress.value = share;
      if (on && !progress.isConnected) words.append(progress);
      if (!on) progress.remove();
    },
    fail(unit: HTMLElement | null) {
      const sentence = document.createElement('span');
      sentence.className = 'tone';
      sentence.dataset.tone = 'late';
      sentence.textContent = `Unit ${unit?.dataset.unit ?? ''} can't be played. Its audio may not be kept any more; try again in a minute.`;
      words.replaceChildren(sentence);
    },
  };
}
