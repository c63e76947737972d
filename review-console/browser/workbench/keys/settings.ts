import { BACK_STEPS_SECONDS, FASTEST, SLOWEST } from '../audio/back-step.ts';

/** How this person likes to listen; kept on this computer. */
export interface Settings {
  speed: number;
  backStepSeconds: number;
}

const KEY = 'dictaline.settings';
const USUAL: Settings = { speed: 1, backStepSeconds: 1.5 };

export function readSettings(storage: Storage): Settings {
  let stored: unknown = null;
  try {
    stored = JSON.parse(storage.getItem(KEY) ?? 'null');
  } catch {
    return USUAL;
  }
  if (typeof stored !== 'object' || stored === null) return USUAL;
  const { speed, backStepSeconds } = stored as Partial<Settings>;
  return {
    speed: typeof speed === 'number' && speed >= SLOWEST && speed <= FASTEST ? speed : USUAL.speed,
    backStepSeconds: BACK_STEPS_SECONDS.some((step) => step === backStepSeconds)
      ? (backStepSeconds ?? USUAL.backStepSeconds)
      : USUAL.backStepSeconds,
  };
}

export function writeSettings(storage: Storage, settings: Settings): void {
  try {
    storage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // A full or forbidden storage costs a preference, nothing more; the draft's own storage tells the person.
  }
}
