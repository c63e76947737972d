import { z } from 'zod';
import type { Language } from '../prompts/prompts-service.ts';

const settings = z.object({ voice: z.string() });

/** A line's language and voice as one value of a form, parted by a space. Pure. */
export function speaksOf(
  line: { language: string; settings: unknown },
  languages: readonly Language[],
): string {
  const voices = languages.find(({ code }) => code === line.language)?.voices ?? [];
  const chosen = settings.safeParse(line.settings);
  const voice = voices.find(({ id }) => chosen.success && id === chosen.data.voice) ?? voices[0];
  return voice ? `${line.language} ${voice.id}` : line.language;
}

/** The other way round. */
export function readSpeaks(speaks: string): { language: string; voice: string | null } {
  const [language = '', voice = null] = speaks.split(' ');
  return { language, voice };
}

/** What can be chosen, language by language; a line may have another language, that nothing is spoken in. */
export function speechChoices(languages: readonly Language[], current: string) {
  const groups = languages.map(({ code, name, voices }) => ({
    name,
    choices: voices.map(({ id, label }) => ({ value: `${code} ${id}`, label: `${name}: ${label}` })),
  }));
  const isKnown = groups.some(({ choices }) => choices.some(({ value }) => value === current));
  return isKnown ? groups : [{ name: 'As it is', choices: [{ value: current, label: current }] }, ...groups];
}
