import { z } from 'zod';
import { requirementList } from '../../transcription/supervision/requirements.ts';
import { readSpeaks } from './speaks.ts';

const wholeNumber = (message: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,6}$/, message)
    .transform(Number);
const link = z
  .union([z.uuid(), z.literal('')])
  .default('')
  .transform((id) => (id === '' ? null : id));

/** The form of a line, as a browser sends it. */
export const lineForm = z.object({
  name: z.string().trim().min(1, 'Write a name.').max(200, 'That name is too long.'),
  number: z.string().trim().min(3, 'Write the number that is dialed.').max(40),
  purpose: z.enum(['report', 'survey', 'proposal']),
  /** Language and voice, parted by a space; without a voice the language's first. */
  speaks: z.string().trim().min(2, 'Choose a language.').max(80).default('en-US'),
  turnaroundHours: z
    .string()
    .trim()
    .regex(/^\d{1,3}(\.\d)?$/, 'Write hours, like 4 or 0.5.')
    .transform(Number)
    .refine((hours) => hours > 0, 'Write hours, like 4 or 0.5.'),
  /** Empty: within the hours above. */
  turnaroundClassId: link,
  requirements: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(/[\n;,]/)
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    )
    .pipe(requirementList),
  keepAudioDays: z.union([
    z.literal('').transform(() => null),
    wholeNumber('Write a number of days, or leave it empty for ever.'),
  ]),
  surveyId: link,
  proposalId: link,
  active: z.string().optional(),
});

export type LineForm = z.infer<typeof lineForm>;

/** As the service takes it. A line asks a survey or takes a proposal only when that is its purpose. */
export function toLine({ turnaroundHours, active, surveyId, proposalId, speaks, ...line }: LineForm) {
  return {
    ...line,
    ...readSpeaks(speaks),
    turnaroundMinutes: Math.max(1, Math.round(turnaroundHours * 60)),
    surveyId: line.purpose === 'survey' ? surveyId : null,
    proposalId: line.purpose === 'proposal' ? proposalId : null,
    active: active !== undefined,
  };
}
