import type { Trigger } from './pedal-actions.ts';

/** The part of a gamepad that counts: pedals are its buttons. */
export interface PadButtons {
  buttons: readonly { pressed: boolean }[];
}

/** Buttons that are down, of all gamepads together: nobody has two pedals. */
export function buttonsDown(pads: readonly (PadButtons | null)[]): Trigger[] {
  const down = new Set<Trigger>();
  for (const pad of pads)
    pad?.buttons.forEach((button, index) => {
      if (button.pressed) down.add(`gamepad:${index}`);
    });
  return [...down];
}

/** Gamepads tell nothing by themselves: they are asked this often, as long as there is one. */
const EVERY_MS = 30;

/** Follows gamepads from when the browser shows one. `onDown` gets all buttons that are down, when that changes. */
export function followGamepads(
  pads: () => readonly (PadButtons | null)[],
  events: EventTarget,
  onDown: (down: readonly Trigger[]) => void,
): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let before = '';
  const tell = (down: readonly Trigger[]) => {
    if (down.join() === before) return;
    before = down.join();
    onDown(down);
  };
  const ask = () => {
    const all = pads();
    tell(buttonsDown(all));
    if (all.some(Boolean)) return;
    clearInterval(timer);
    timer = undefined;
  };
  events.addEventListener('gamepadconnected', () => {
    timer ??= setInterval(ask, EVERY_MS);
  });
  events.addEventListener('gamepaddisconnected', ask);
  // Without the focus a page sees no button come up.
  events.addEventListener('blur', () => tell([]));
}
