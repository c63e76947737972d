import { z } from 'zod';
import { type Doubt, doubtKinds } from '../../../transcription/doubts/doubt.ts';
import { id, time, timeOf } from '../api.ts';

const kind = z.enum(doubtKinds);

export const doubt = z.object({
  id,
  kind,
  state: z
    .enum(['marked', 'asked', 'answered', 'unknown', 'resolved'])
    .describe('unknown: the speaker does not know any more'),
  start: z.number().int().describe('UTF-16 offset into the draft; follows it as it is edited'),
  end: z.number().int().describe('The same as start: a point in the text'),
  audioMs: z.number().int(),
  audioEndMs: z.number().int(),
  note: z.string().nullable(),
  askedAt: time.nullable(),
  askedBy: z.object({ id, name: z.string() }).nullable(),
  answeredAt: time.nullable(),
  answers: z
    .array(z.object({ dictationId: id, durationSeconds: z.number(), audioUrl: z.string() }))
    .describe('What the speaker said to it on the phone, oldest first'),
});

export function toDoubt(found: Doubt): z.infer<typeof doubt> {
  return { ...found, askedAt: timeOf(found.askedAt), answeredAt: timeOf(found.answeredAt) };
}

export const answerTo = z.object({
  doubtId: id,
  kind,
  note: z.string().nullable(),
  reportId: id,
  reference: z.string().describe('Of the dictation in which the passage was said first'),
  passage: z.string().describe('What stands there now'),
  before: z.string(),
  behind: z.string(),
  audioUrl: z.string(),
  audioMs: z.number().int(),
  audioEndMs: z.number().int().nullable(),
});

export const doubtParams = z.object({ id, doubtId: id });
export const leaseBody = z.object({ leaseToken: z.uuid() });
