import { z } from 'zod';

const day = z
  .union([z.literal(''), z.iso.date('Write a day, like 2026-12-01.')])
  .default('')
  .transform((text) => (text === '' ? null : text));

/** Questions are typed one a line. */
const questions = z
  .string()
  .max(20_000)
  .transform((text) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
  .pipe(
    z
      .array(z.string().max(500, 'A question that is heard once should be shorter than 500 letters.'))
      .min(1, 'Write at least one question.')
      .max(20, 'Nobody answers more than twenty questions on the phone.'),
  );

/** The form of a survey, as a browser sends it. */
export const surveyForm = z.object({
  name: z.string().trim().min(1, 'Write a name.').max(200, 'That name is too long.'),
  language: z.string().trim().min(2).max(20).default('en-US'),
  minimumGroup: z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, 'Write a number, like 5.')
    .transform(Number)
    .refine((size) => size >= 2, 'A group of one is a person: write 2 or more.'),
  opensOn: day,
  closesOn: day,
  questions,
});

/** The form of a batch of invitations. */
export const batchForm = z.object({
  name: z.string().trim().min(1, 'Write a name.').max(200, 'That name is too long.'),
  groupKey: z.string().trim().max(100, 'That group’s name is too long.').default(''),
  count: z
    .string()
    .trim()
    .regex(/^\d{1,5}$/, 'Write how many letters you send.')
    .transform(Number)
    .refine((count) => count >= 1 && count <= 10_000, 'From 1 to 10,000 at once.'),
});

/** From its first moment to its last, in UTC. */
export function toDates({ opensOn, closesOn }: { opensOn: string | null; closesOn: string | null }) {
  return {
    opensAt: opensOn === null ? null : new Date(`${opensOn}T00:00:00Z`),
    closesAt: closesOn === null ? null : new Date(`${closesOn}T23:59:59Z`),
  };
}
