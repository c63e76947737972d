import { z } from 'zod';
import { type OutlineProblem, readOutline } from '../../proposals/outline-text.ts';

const ids = z.union([z.array(z.uuid()), z.uuid().transform((id) => [id])]).default([]);

/** Title, customer, due day and contributors, as a browser sends them. */
export const proposalForm = z.object({
  title: z.string().trim().min(1, 'Write a title.').max(300, 'That title is too long.'),
  customer: z.string().trim().max(300, 'That name is too long.').default(''),
  dueOn: z
    .union([z.iso.date('Choose a day.'), z.literal('')])
    .default('')
    // Noon UTC is the same day wherever contributors are.
    .transform((day) => (day === '' ? null : new Date(`${day}T12:00:00Z`))),
  memberIds: ids,
});

export const outlineForm = z.object({ outline: z.string().max(400_000).default('') });

/** Browsers send line ends as \r\n. */
export const correctionForm = z.object({
  dictationId: z.uuid(),
  version: z.coerce.number().int().min(1),
  text: z
    .string()
    .max(500_000)
    .transform((text) => text.replaceAll('\r\n', '\n')),
});

/** A problem of a pasted outline as a sentence. */
export function sayProblem({ line, message }: OutlineProblem): string {
  return line === null ? message : `Line ${line} ${message}`;
}

/** Sections of the text, or what is wrong with it in sentences. */
export function readPasted(text: string) {
  const { sections, problems } = readOutline(text);
  return { sections, problems: problems.map(sayProblem) };
}
