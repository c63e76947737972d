import { z } from 'zod';
import { readJob } from '../../../transcription/jobs/job-detail.ts';
import { analysisInput, analyzeForReview } from '../../../transcription/reports/analyze-for-review.ts';
import { allow, answers, describe, type Endpoint, id, idParams } from '../api.ts';
import { WORKERS } from './job-schemas.ts';

const code = z.object({ code: z.string(), confidence: z.number(), evidence: z.string() });
const unit = z.object({
  number: z.number().int(),
  text: z.string(),
  start: z.number().int().describe('UTF-16 offset into the text'),
  end: z.number().int(),
  para: z.boolean().describe('A new paragraph starts here'),
  codes: z.array(code).describe('Most fitting first'),
});
const shown = <T extends z.ZodType>(value: T) =>
  z.object({
    value,
    display: z.string().describe('What a person reads'),
    id: id.nullable().describe('Of the row, where the value names something of the vocabulary'),
    unit: z.number().int().nullable().describe('Index of the unit that says it, from 0'),
    span: z.object({ start: z.number().int(), end: z.number().int() }).nullable(),
    confidence: z.number(),
    evidence: z.string(),
  });
const amountKind = z.enum(['deal', 'price', 'budget', 'discount', 'volume-spend', 'other']);
const text = shown(z.string());
const fields = z.object({
  account: text.nullable(),
  contacts: z.array(text),
  newContacts: z.array(text),
  meetingDate: text.nullable(),
  meetingType: shown(z.enum(['visit', 'phone', 'video', 'event', 'email'])).nullable(),
  products: z.array(text),
  competitors: z.array(text),
  newCompetitors: z.array(text),
  amounts: z.array(shown(z.object({ value: z.number(), currency: z.literal('USD'), of: amountKind }))),
  percents: z.array(shown(z.object({ value: z.number(), of: amountKind }))),
  nextSteps: z.array(
    shown(z.object({ owner: z.enum(['rep', 'customer', 'colleague']), due: z.string().nullable() })),
  ),
  sentiment: shown(z.union([z.literal(-1), z.literal(0), z.literal(1)])),
  stage: shown(
    z.enum(['prospecting', 'qualification', 'proposal', 'negotiation', 'won', 'lost', 'service']),
  ).nullable(),
});
const account = z.object({
  id,
  externalId: z.string(),
  name: z.string(),
  confidence: z.number(),
  evidence: z.string(),
});
const analysis = z.object({
  units: z.array(unit),
  fields: fields.describe('Suggestions: a person confirms, changes or drops them'),
  configured: z
    .array(
      shown(z.union([z.string(), z.number()]))
        .omit({ id: true })
        .extend({ field: z.string().describe("The field's key"), label: z.string() }),
    )
    .describe("Values of the company's own fields"),
  accounts: z.array(account).describe('Accounts that the text may be about, likeliest first'),
});

export const analyzeDraftEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/analysis',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'analyzeDraft',
          'Split, code and read a text, for a person to review',
          'Writes nothing.',
        ),
        params: idParams,
        body: analysisInput,
        response: answers({ 200: analysis }, 404),
      },
    },
    async ({ params, body }) => {
      const { dictation } = await readJob(platform, params.id);
      return analyzeForReview(platform, { ...body, dictationId: dictation.id });
    },
  );
