import { z } from 'zod';
import type { CheckToSettle } from '../../../transcription/accuracy/settling/read-check.ts';
import type { Figure } from '../../../transcription/accuracy/statistics/intervals.ts';
import { id, time } from '../api.ts';

/** Who settles checks and sees the team's figures. */
export const REVIEWERS = ['supervisor', 'administrator'] as const;

const place = z.object({ start: z.number().int(), end: z.number().int(), text: z.string() });

export const checkSchema = z.object({
  id,
  status: z.enum(['sampled', 'typing', 'to_settle', 'settled', 'dropped']),
  revision: z.number().int().describe('Rises with each verdict; settling names it'),
  dictationId: id,
  reference: z.string(),
  startedAt: time,
  durationSeconds: z.number().nullable(),
  speaker: z.string().nullable(),
  line: z.string(),
  reportId: id.nullable(),
  first: z.string(),
  second: z.string(),
  settled: z.string().describe('As it is decided so far; what is open as it was typed first'),
  differences: z.array(
    z.object({
      id,
      position: z.number().int(),
      first: place,
      second: place,
      audioMs: z.number().int().nullable(),
      audioEndMs: z.number().int().nullable(),
      critical: z.boolean(),
      criticalReason: z.string().nullable(),
      verdict: z.enum(['first', 'second', 'another', 'both']).nullable(),
      settledText: z.string().nullable(),
    }),
  ),
});

export function toCheck(check: CheckToSettle): z.infer<typeof checkSchema> {
  return { ...check, startedAt: check.startedAt.toISOString() };
}

/** A figure with its interval of 95 %, or without: then `n` of `needed` are there. */
export const figureSchema = z.object({
  n: z.number().int(),
  needed: z.number().int(),
  estimate: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
}) satisfies z.ZodType<Figure>;
