/** What a pedal does; play, back and forward as long as it is held, the others once. */
export const PEDAL_ACTIONS = [
  'play',
  'back',
  'forward',
  'again-slower',
  'loop',
  'mark-unclear',
  'nothing',
] as const;

export type PedalAction = (typeof PEDAL_ACTIONS)[number];

export const ACTION_LABELS: Readonly<Record<PedalAction, string>> = {
  play: 'Play',
  back: 'Back while held',
  forward: 'Forward while held',
  'again-slower': 'That again, slower',
  loop: 'Repeat the last seconds',
  'mark-unclear': 'Mark as unclear',
  nothing: 'Nothing',
};

/** "hid:left", "key:F13", "gamepad:0": what is pressed, wherever it comes from. */
export type Trigger = string;

/** What the player can be told by a pedal. */
export interface Pedaled {
  play(): void;
  pause(): void;
  toggle(): void;
  wind(direction: -1 | 0 | 1): void;
  /** A command that is done once. */
  run(action: Exclude<PedalAction, 'play' | 'back' | 'forward' | 'nothing'>): void;
}

export interface PedalFeet {
  press(trigger: Trigger): void;
  release(trigger: Trigger): void;
}

/**
 * Turns pedals that go down and up into playing.
 *
 *     play     down: plays (toggle: plays or stops)   up: stops, unless another play pedal is down (toggle: nothing)
 *     back     down: winds back                       up: goes on with what is still down, else as it was before
 *     forward  down: winds forward                    up: the same
 *     others   down: once                             up: nothing
 *
 * A pedal that is down already does not go down again, so that a key's repetitions count once.
 */
export function createFeet(
  settings: () => { mode: 'hold' | 'toggle'; pedals: Readonly<Record<Trigger, PedalAction>> },
  pedaled: Pedaled,
): PedalFeet {
  /** In the order in which they went down, each with what it began. */
  const down = new Map<Trigger, PedalAction>();
  const isDown = (action: PedalAction) => [...down.values()].includes(action);
  const windsNow = (): -1 | 0 | 1 => {
    const last = [...down.values()].findLast((action) => action === 'back' || action === 'forward');
    return last === undefined ? 0 : last === 'back' ? -1 : 1;
  };
  return {
    press(trigger) {
      if (down.has(trigger)) return;
      const { mode, pedals } = settings();
      const action = pedals[trigger] ?? 'nothing';
      down.set(trigger, action);
      if (action === 'nothing') return;
      if (action === 'play') {
        if (mode === 'toggle') pedaled.toggle();
        else pedaled.play();
      } else if (action === 'back' || action === 'forward') pedaled.wind(windsNow());
      else pedaled.run(action);
    },
    release(trigger) {
      const action = down.get(trigger);
      down.delete(trigger);
      if (action === 'play' && settings().mode === 'hold' && !isDown('play')) pedaled.pause();
      if (action === 'back' || action === 'forward') pedaled.wind(windsNow());
    },
  };
}
