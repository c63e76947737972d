import { z } from 'zod';
import type { Role } from '../../../prisma/generated/client/client.ts';
import { LABELS } from '../../../transcription/redaction/labels.ts';

/** Who may redact what is finished. Whoever types redacts what they type. */
export const REDACTORS = ['manager', 'supervisor', 'administrator'] as const satisfies readonly Role[];

const offset = z.number().int().min(0);

export const passages = z
  .array(z.object({ start: offset, end: offset }))
  .min(1)
  .max(100)
  .describe('UTF-16 offsets into the text; widened to whole words');

export const proposedPlace = z.object({
  start: offset,
  end: offset,
  audio: z
    .object({ startMs: z.number(), endMs: z.number() })
    .nullable()
    .describe('Where it is probably heard, generously; somebody should listen. Null: there is no audio'),
});

export const suggestion = z.object({
  start: offset,
  end: offset,
  label: z.enum(LABELS),
  why: z.string(),
});
