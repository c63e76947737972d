import type { PlannedPlace } from './redaction-api.ts';
import type { SpanPlayer } from './span-player.ts';

export interface ChosenPlace extends PlannedPlace {
  words: string;
  label: string;
}

export interface PlacesPanel {
  /** Shows these; what was adjusted of a place that stays is kept. */
  show(places: readonly ChosenPlace[]): void;
  places(): ChosenPlace[];
}

/**
 * The list of what is to go: each passage with its kind and its place in the audio, which can be heard and moved.
 * Built by hand, because the workbench opens it in a dialog where no server rendered anything.
 */
export function createPlacesPanel(
  root: HTMLElement,
  {
    labels,
    player,
    onChange,
  }: { labels: readonly string[]; player: SpanPlayer | null; onChange: () => void },
): PlacesPanel {
  let places: ChosenPlace[] = [];
  const render = () => {
    player?.stop();
    root.replaceChildren(...places.map(rowOf));
    onChange();
  };

  function rowOf(place: ChosenPlace, at: number): HTMLElement {
    const row = document.createElement('fieldset');
    row.className = 'redact-place';
    const legend = document.createElement('legend');
    legend.className = 'strong';
    legend.textContent = place.words;
    const kind = document.createElement('select');
    kind.className = 'input';
    for (const label of labels) kind.append(new Option(`[${label}]`, label, false, label === place.label));
    kind.addEventListener('change', () => {
      place.label = kind.value;
    });
    row.append(legend, labeled('Becomes', kind));
    if (place.audio) row.append(...timesOf(place, place.audio));
    const leave = button('Leave it', () => {
      places = places.filter((_, other) => other !== at);
      render();
    });
    leave.setAttribute('aria-label', `Leave “${place.words}” as it is`);
    row.append(leave);
    return row;
  }

  function timesOf(place: ChosenPlace, audio: { startMs: number; endMs: number }): HTMLElement[] {
    const from = seconds(audio.startMs, (ms) => {
      audio.startMs = Math.min(ms, audio.endMs - 50);
    });
    const until = seconds(audio.endMs, (ms) => {
      audio.endMs = Math.max(ms, audio.startMs + 50);
    });
    const play = button('Hear it', () => {
      play.setAttribute('aria-pressed', 'true');
      player?.play(audio, () => play.setAttribute('aria-pressed', 'false'));
    });
    play.dataset.redactHear = '';
    play.setAttribute('aria-label', `Hear where “${place.words}” is said`);
    return [labeled('From, seconds', from), labeled('To, seconds', until), play];
  }

  return {
    places: () => places,
    show(next) {
      places = next.map(
        (place) => places.find((old) => old.start === place.start && old.end === place.end) ?? place,
      );
      render();
    },
  };
}

function seconds(ms: number, take: (ms: number) => void): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'number';
  input.className = 'input';
  input.min = '0';
  input.step = '0.01';
  input.value = (ms / 1000).toFixed(2);
  input.addEventListener('change', () => {
    const value = input.valueAsNumber;
    if (Number.isFinite(value)) take(Math.max(0, Math.round(value * 1000)));
  });
  return input;
}

function labeled(words: string, field: HTMLElement): HTMLElement {
  const label = document.createElement('label');
  label.className = 'field';
  const name = document.createElement('span');
  name.className = 'label';
  name.textContent = words;
  label.append(name, field);
  return label;
}

function button(words: string, click: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button button-small';
  made.textContent = words;
  made.addEventListener('click', click);
  return made;
}
