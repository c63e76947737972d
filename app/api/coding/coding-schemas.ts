import { z } from 'zod';
import { codedUnits } from '../../../transcription/coding/coded-unit.ts';
import { id } from '../api.ts';

/** Who codes a second time. */
export const CODERS = ['transcriptionist', 'supervisor'] as const;

export const claimed = z.object({
  coding: z
    .object({ codingId: id, claimToken: id })
    .nullable()
    .describe('Null: nothing waits for this person'),
});

export const work = z.object({
  codingId: id,
  claimToken: id.describe('Names this claim; every save carries it'),
  reference: z.string(),
  dictationId: id,
  text: z.string(),
  places: z.array(z.tuple([z.number(), z.number()])).describe('[character, ms in the audio]'),
  durationMs: z.number().nullable().describe('Null: there is no audio any more'),
  revision: z.int(),
  units: codedUnits.describe('What this person did so far; nothing of the first coding'),
});

export const saved = z.object({ revision: z.int() });
