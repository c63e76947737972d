import { nameOfKey } from '../keys/name-of-key.ts';
import type { Trigger } from './pedal-actions.ts';

/**
 * Pedals that type keys. A held one repeats, comes up under its code whatever modifiers have come up before it, and is
 * let go of when the window loses the keyboard.
 */
export function followPedalKeys(
  isPedal: (trigger: Trigger) => boolean,
  events: EventTarget,
  onDown: (down: readonly Trigger[]) => void,
): void {
  const down = new Map<string, Trigger>();
  const tell = () => onDown([...down.values()]);
  const codeOf = (event: KeyboardEvent) => event.code || event.key;
  const take = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  events.addEventListener(
    'keydown',
    (event) => {
      if (!(event instanceof KeyboardEvent)) return;
      // There the key itself is meant.
      if (event.target instanceof Element && event.target.closest('.keys-editor, [data-takes-keys]')) return;
      const trigger = `key:${nameOfKey(event)}`;
      if (!down.has(codeOf(event)) && !isPedal(trigger)) return;
      take(event);
      if (down.has(codeOf(event))) return;
      down.set(codeOf(event), trigger);
      tell();
    },
    { capture: true },
  );
  events.addEventListener(
    'keyup',
    (event) => {
      if (!(event instanceof KeyboardEvent) || !down.delete(codeOf(event))) return;
      take(event);
      tell();
    },
    { capture: true },
  );
  events.addEventListener('blur', () => {
    if (down.size === 0) return;
    down.clear();
    tell();
  });
}
