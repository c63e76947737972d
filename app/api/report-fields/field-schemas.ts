import { z } from 'zod';
import { FIELD_TYPES } from '../../../transcription/report-fields/field-definition.ts';
import type { ReportFieldVersion } from '../../../transcription/report-fields/read-report-fields.ts';
import { time } from '../api.ts';

export const reportField = z.object({
  key: z.string().describe('What values are kept under; it never changes'),
  version: z.int(),
  label: z.string(),
  description: z.string(),
  type: z.enum(FIELD_TYPES),
  options: z.array(z.object({ value: z.string(), words: z.array(z.string()) })),
  cues: z.array(z.string()).describe('Such as "after: renews", "before: seats", "near: warranty"'),
  examples: z.array(z.string()),
  minConfidence: z.number().nullable().describe('Less sure values are only suggested; null: 0.8'),
  active: z.boolean().describe('Whether it is looked for in new texts'),
  createdAt: time.describe('Of this version'),
  values: z.int().describe('How many values reports have of it'),
});

export const toReportField = ({ author: _, createdAt, ...field }: ReportFieldVersion) => ({
  ...field,
  createdAt: createdAt.toISOString(),
});

export const keyParams = z.object({ key: z.string().min(1).max(60) });
