import { z } from 'zod';
import { readLineVoice } from '../../../ivr/prompts/line-voice.ts';
import type { Line } from '../../../prisma/generated/client/client.ts';
import { id, time } from '../api.ts';

export const line = z.object({
  id,
  number: z.string().describe('E.164'),
  purpose: z.enum(['report', 'survey', 'proposal']),
  name: z.string(),
  language: z.string(),
  voice: z.string().nullable().describe('Chosen among the carrier’s; null: the usual one'),
  turnaroundMinutes: z.int(),
  turnaroundClassId: id.nullable().describe('Null: due after turnaroundMinutes'),
  requirements: z.array(z.string()),
  keepAudioDays: z.int().nullable(),
  surveyId: id.nullable(),
  proposalId: id.nullable(),
  active: z.boolean(),
  createdAt: time,
});

export function toLine({ settings, ...row }: Line): z.infer<typeof line> {
  return { ...row, voice: readLineVoice(settings), createdAt: row.createdAt.toISOString() };
}
