import { z } from 'zod';
import {
  FIELD_TYPES,
  type FieldDefinition,
  optionLine,
  readOption,
} from '../../transcription/report-fields/field-definition.ts';
import type { FieldInput } from '../../transcription/report-fields/write-report-fields.ts';

const lines = z
  .string()
  .max(10_000)
  .default('')
  .transform((text) => [...new Set(text.split(/\r?\n/).map((line) => line.trim()))].filter(Boolean));

/** The form of a field as it is sent; what it lacks is empty. */
export const fieldForm = z.object({
  label: z.string().trim().max(80).default(''),
  description: z.string().trim().max(1000).default(''),
  type: z.enum(FIELD_TYPES).catch('text'),
  cues: lines,
  options: lines,
  examples: lines,
  /** In percent; empty: as the type has it. */
  sure: z
    .string()
    .trim()
    .regex(/^(?:100|\d{0,2})$/, 'write a whole number of percent, or leave it empty')
    .default('')
    .transform((text) => (text === '' ? null : Number(text) / 100)),
  sentence: z.string().max(5000).default(''),
  /** Of the field that is edited; empty for a new one. */
  key: z.string().max(60).default(''),
  base: z.coerce.number().int().min(0).default(0),
});
export type FieldForm = z.infer<typeof fieldForm>;

export const toInput = ({
  label,
  description,
  type,
  cues,
  options,
  examples,
  sure,
}: FieldForm): FieldInput => ({
  label,
  description,
  type,
  cues,
  options: options.flatMap((line) => readOption(line) ?? []),
  examples,
  minConfidence: sure,
});

/** The boxes of the form with what stands in them. */
export const toBoxes = (field: Pick<FieldDefinition, keyof FieldInput>) => ({
  label: field.label,
  description: field.description,
  type: field.type,
  cueLines: field.cues.join('\n'),
  optionLines: field.options.map(optionLine).join('\n'),
  exampleLines: field.examples.join('\n'),
  sure: field.minConfidence === null ? '' : String(Math.round(field.minConfidence * 100)),
});

/** What each type holds, in the words of a person who has to choose one. */
export const TYPE_WORDS: readonly { type: FieldDefinition['type']; name: string; hint: string }[] = [
  { type: 'date', name: 'Date', hint: 'a day: “March fourth”, “next Friday”' },
  { type: 'money', name: 'Money', hint: 'an amount in dollars: “four fifty”, “$1.2 million”' },
  { type: 'number', name: 'Number', hint: 'a count or a measure: “forty”, “2,500”' },
  { type: 'choice', name: 'Choice', hint: 'one of a few things that you name below' },
  { type: 'person', name: 'Person', hint: 'somebody at a customer' },
  { type: 'product', name: 'Product', hint: 'one of your products' },
  { type: 'list', name: 'List', hint: 'several things' },
  { type: 'text', name: 'Text', hint: 'the words themselves; always for a person to confirm' },
];
