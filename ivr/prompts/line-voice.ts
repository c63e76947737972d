import { z } from 'zod';

const settings = z.object({ voice: z.string() });

/** The voice in a line's settings; null when none was chosen. */
export function readLineVoice(lineSettings: unknown): string | null {
  const parsed = settings.safeParse(lineSettings);
  return parsed.success ? parsed.data.voice : null;
}
