import type { Player } from '../audio/player.ts';
import type { Preferences } from '../keys/preferences.ts';
import { followGamepads, type PadButtons } from './gamepad-pedal.ts';
import { followHidPedal, type Hid, type HidPedal } from './hid-pedal.ts';
import { followPedalKeys } from './key-pedal.ts';
import { createFeet, type Pedaled, type Trigger } from './pedal-actions.ts';

/** Foot pedals of every kind, at work. */
export interface Pedals {
  readonly hid: HidPedal;
  /** What is down now, also buttons that nothing is given to yet. */
  readonly down: readonly Trigger[];
  /** Runs at once and whenever something goes down or up, or a pedal comes or goes. */
  follow(show: () => void): () => void;
}

export interface PedalsParts {
  preferences: Preferences;
  player: Player;
  run: Pedaled['run'];
  /** The world outside. */
  world: {
    window: EventTarget;
    hid: Hid | undefined;
    gamepads(): readonly (PadButtons | null)[];
  };
}

export function createPedals({ preferences, player, run, world }: PedalsParts): Pedals {
  const settings = () => preferences.now.pedal;
  const feet = createFeet(settings, {
    play: () => player.play(),
    pause: () => player.pause(),
    toggle: () => player.toggle(),
    wind: (direction) => player.wind(direction),
    run,
  });
  const downOf = {
    hid: [] as readonly Trigger[],
    gamepad: [] as readonly Trigger[],
    key: [] as readonly Trigger[],
  };
  const followers = new Set<() => void>();
  const tell = () => {
    for (const show of followers) show();
  };
  const source = (kind: keyof typeof downOf) => (down: readonly Trigger[]) => {
    const before = downOf[kind];
    downOf[kind] = down;
    for (const trigger of before) if (!down.includes(trigger)) feet.release(trigger);
    for (const trigger of down) if (!before.includes(trigger)) feet.press(trigger);
    tell();
  };

  followPedalKeys((trigger) => trigger in settings().pedals, world.window, source('key'));
  followGamepads(world.gamepads, world.window, source('gamepad'));
  const hid = followHidPedal(world.hid, source('hid'), tell);
  return {
    hid,
    get down() {
      return [...downOf.hid, ...downOf.gamepad, ...downOf.key];
    },
    follow(show) {
      followers.add(show);
      show();
      return () => followers.delete(show);
    },
  };
}
