import { z } from 'zod';
import { MINIMUM_PASSWORD_LENGTH } from '../../platform/auth/passwords.ts';
import { LONGEST_PIN, SHORTEST_PIN } from '../../platform/auth/pin-rules.ts';
import { ALL_ROLES } from '../../platform/auth/signed-in-user.ts';
import { KEY_MAP_NAMES } from '../../transcription/intake/phone-settings.ts';
import { requirementList } from '../../transcription/supervision/requirements.ts';

export const roles = z.array(z.enum(ALL_ROLES));

/** What an administrator says about a person; everything but e-mail and name may be left out. */
export const userInput = z.object({
  email: z.string().trim().toLowerCase().max(200).pipe(z.email()),
  name: z.string().trim().min(1).max(200),
  roles: roles.optional(),
  password: z.string().min(MINIMUM_PASSWORD_LENGTH).max(200).optional().describe('For the screens'),
  shortNumber: z
    .string()
    .regex(/^\d{3,8}$/)
    .nullable()
    .optional()
    .describe('3 to 8 digits, keyed in on a phone that is not their own'),
  pin: z
    .string()
    .regex(new RegExp(`^\\d{${SHORTEST_PIN},${LONGEST_PIN}}$`))
    .nullable()
    .optional()
    .describe('For the phone, none that is easily guessed; null takes it away'),
  pinMustChange: z
    .boolean()
    .optional()
    .describe('Whether the first call asks for another PIN; no, unless it is said with a PIN'),
  phones: z
    .array(z.string().max(40))
    .max(10)
    .optional()
    .describe('Their own phones: they spare the short number'),
  externalId: z.string().min(1).max(100).nullable().optional().describe('`reps[].id` of the vocabulary'),
  territory: z.string().max(200).nullable().optional(),
  region: z.string().max(200).nullable().optional(),
  managerId: z.uuid().nullable().optional(),
  language: z
    .string()
    .max(20)
    .nullish()
    .describe('What the line speaks to them once they are logged in; null: as the line does'),
  timeZone: z.string().max(60).optional(),
  qualifications: requirementList
    .optional()
    .describe(
      'What they meet of a job’s requirements beside their own language: language:es, clearance:citizen',
    ),
  keyMap: z
    .enum(KEY_MAP_NAMES)
    .nullable()
    .optional()
    .describe('Keys of the phone while dictating; null: as the company has it'),
});

export const userChange = userInput.partial().extend({ active: z.boolean().optional() });

export type UserInput = z.infer<typeof userInput>;
export type UserChange = z.infer<typeof userChange>;
