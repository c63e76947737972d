import type { WorkbenchPreferences } from '../../../preferences/workbench-preferences.ts';
import { openDialog } from '../dialogs/open-dialog.ts';
import { element, setText } from '../dom.ts';
import type { MenuItem } from '../job-menu.ts';
import type { CommandId } from '../keys/key-map.ts';
import type { Keys } from '../keys/keys.ts';
import type { Preferences } from '../keys/preferences.ts';
import { clockOf } from '../text/show-time.ts';
import { FASTEST, SLOWEST } from './back-step.ts';
import { lengthOf, type Silence } from './find-silences.ts';
import type { Player } from './player.ts';
import { showSpeed } from './show-sound.ts';

type Listening = WorkbenchPreferences['listening'];
type NumberOf = { [K in keyof Listening]: Listening[K] extends number ? K : never }[keyof Listening];
type SwitchOf = { [K in keyof Listening]: Listening[K] extends boolean ? K : never }[keyof Listening];

interface Slider {
  name: NumberOf;
  label: string;
  min: number;
  max: number;
  step: number;
  show(value: number): string;
  command?: CommandId;
}

const secondsOf = (value: number) => `${value} s`;
const SLIDERS: readonly Slider[] = [
  {
    name: 'speed',
    label: 'Speed',
    min: SLOWEST,
    max: FASTEST,
    step: 0.05,
    show: showSpeed,
    command: 'faster',
  },
  {
    name: 'backStepSeconds',
    label: 'Step back when it plays on',
    min: 0,
    max: 5,
    step: 0.25,
    show: secondsOf,
    command: 'play',
  },
  {
    name: 'skipSeconds',
    label: 'Back and forward by',
    min: 1,
    max: 15,
    step: 1,
    show: secondsOf,
    command: 'back',
  },
  {
    name: 'againSeconds',
    label: 'That again, slower',
    min: 2,
    max: 15,
    step: 1,
    show: secondsOf,
    command: 'again-slower',
  },
  {
    name: 'loopSeconds',
    label: 'Repeat the last',
    min: 2,
    max: 30,
    step: 1,
    show: secondsOf,
    command: 'loop',
  },
  {
    name: 'gainDb',
    label: 'Louder by',
    min: 0,
    max: 18,
    step: 1,
    show: (value) => (value === 0 ? 'as it is' : `+${value} dB`),
    command: 'louder',
  },
];
const USUAL: Listening = {
  speed: 1,
  backStepSeconds: 1.5,
  skipSeconds: 3,
  againSeconds: 5,
  loopSeconds: 5,
  gainDb: 0,
  filter: false,
  skipSilence: false,
};

export interface ListeningParts {
  preferences: Preferences;
  player: Player;
  keys: Keys;
  silences: readonly Silence[];
  more: readonly MenuItem[];
}

/** All of listening in one dialog. Each change is heard at once; there is nothing to confirm. */
export async function askListening(parts: ListeningParts): Promise<void> {
  const { preferences, player, keys } = parts;
  const listening = () => preferences.now.listening;
  const change = (to: Partial<Listening>) => preferences.change('listening', to);
  const redraws: (() => void)[] = [];
  const draw = () => {
    for (const redraw of redraws) redraw();
  };
  const kbd = (id?: CommandId) => (id && keys.label(id) ? element('kbd', {}, keys.label(id)) : null);

  const sliders = SLIDERS.map(({ name, label, min, max, step, show, command }) => {
    const id = `listening-${name}`;
    const input = element('input', {
      id,
      type: 'range',
      min,
      max,
      step,
      oninput: () => {
        change({ [name]: Number(input.value) });
        draw();
      },
    });
    const output = element('output', { for: id, class: 'listening-value' });
    redraws.push(() => {
      input.value = String(listening()[name]);
      input.setAttribute('aria-valuetext', show(listening()[name]));
      setText(output, show(listening()[name]));
    });
    return element(
      'div',
      { class: 'listening-row' },
      element('label', { for: id }, label, ' ', kbd(command)),
      input,
      output,
    );
  });
  const toggle = (name: SwitchOf, label: string, hint: string, command: CommandId) => {
    const input = element('input', {
      type: 'checkbox',
      id: `listening-${name}`,
      'aria-describedby': `listening-${name}-hint`,
      onchange: () => {
        change({ [name]: input.checked });
        draw();
      },
    });
    redraws.push(() => {
      input.checked = listening()[name];
    });
    return element(
      'div',
      {},
      element('label', { class: 'check' }, input, element('span', {}, label, ' ', kbd(command))),
      element('p', { class: 'tiny quiet', id: `listening-${name}-hint` }, hint),
    );
  };
  const playing = element('button', { class: 'button', type: 'button', onclick: () => player.toggle() });
  const drawPlaying = () => setText(playing, player.isPlaying ? 'Pause' : 'Play');
  redraws.push(drawPlaying);

  const dialog = element(
    'dialog',
    { class: 'dialog listening', 'aria-labelledby': 'listening-title' },
    element('h2', { id: 'listening-title' }, 'Listening'),
    element('div', { class: 'listening-rows' }, ...sliders),
    toggle(
      'filter',
      'Filter for bad lines',
      'Takes hum and hiss away and brings quiet and loud closer together.',
      'filter',
    ),
    toggle('skipSilence', 'Skip silence longer than a second', told(parts.silences), 'skip-silence'),
    element(
      'div',
      { class: 'form-actions' },
      playing,
      ...parts.more.map(({ label, run }) =>
        element(
          'button',
          {
            class: 'button',
            type: 'button',
            onclick: () => {
              shown.finish('');
              void run();
            },
          },
          label,
        ),
      ),
      element(
        'button',
        {
          class: 'button button-quiet',
          type: 'button',
          onclick: () => {
            change(USUAL);
            draw();
          },
        },
        'As usual',
      ),
      element(
        'button',
        { class: 'button button-main', type: 'button', onclick: () => shown.finish('') },
        'Close',
      ),
    ),
  );
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (keys.commandOf(event, 'typing') !== 'listening') return;
    event.preventDefault();
    shown.finish('');
  });
  player.audio.addEventListener('play', drawPlaying);
  player.audio.addEventListener('pause', drawPlaying);
  const shown = openDialog(dialog, () => {
    draw();
    dialog.querySelector('input')?.focus();
  });
  await shown.result;
  player.audio.removeEventListener('play', drawPlaying);
  player.audio.removeEventListener('pause', drawPlaying);
}

function told(silences: readonly Silence[]): string {
  if (silences.length === 0)
    return 'There is none in this dictation, or it can not be told from quiet speech.';
  const times = silences.length === 1 ? 'once' : `${silences.length} times`;
  return `In this dictation ${times}, ${clockOf(lengthOf(silences))} in all. Quiet speech is never skipped.`;
}
