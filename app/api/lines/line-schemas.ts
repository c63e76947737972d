import { z } from 'zod';
import type { Line } from '../../../prisma/generated/client/client.ts';
import { id, time } from '../api.ts';

export const line = z.object({
  id,
  number: z.string().describe('E.164'),
  purpose: z.enum(['report', 'survey', 'proposal']),
  name: z.string(),
  language: z.string(),
  turnaroundMinutes: z.int(),
  keepAudioDays: z.int().nullable(),
  surveyId: id.nullable(),
  proposalId: id.nullable(),
  active: z.boolean(),
  createdAt: time,
});

export function toLine({ settings: _, ...row }: Line): z.infer<typeof line> {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
