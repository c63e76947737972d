import type { WorkbenchPreferences } from '../../../preferences/workbench-preferences.ts';

/** "1.05×", "0.9×" */
export function showSpeed(speed: number): string {
  return `${speed.toFixed(2).replace(/0$/, '')}×`;
}

/** What is done to the sound beside its speed, for the line above the text; '' when nothing is. */
export function showSound(
  { filter, gainDb, skipSilence, loopSeconds }: WorkbenchPreferences['listening'],
  loop: unknown,
): string {
  return [
    loop && `repeats ${loopSeconds} s`,
    filter && 'filter',
    gainDb > 0 && `+${gainDb} dB`,
    skipSilence && 'skips silence',
  ]
    .filter(Boolean)
    .join(' · ');
}
