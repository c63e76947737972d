import { z } from 'zod';
import { MINIMUM_PASSWORD_LENGTH } from '../../platform/auth/passwords.ts';
import { ALL_ROLES } from '../../platform/auth/signed-in-user.ts';
import { isTimeZone } from '../../platform/time-zone.ts';
import { KEY_MAP_NAMES } from '../../transcription/intake/phone-settings.ts';
import { requirementList } from '../../transcription/supervision/requirements.ts';
import type { PersonChange } from './write-people.ts';

const orNull = (text: string) => (text === '' ? null : text);
const optionalText = z.string().trim().max(200).default('').transform(orNull);

/** A form's field that may be sent once or several times. */
const several = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((value) => (Array.isArray(value) ? value : [value]));

/** The form of a person, as a browser sends it, to what the service takes. */
export const personForm = z.object({
  name: z.string().trim().min(1, 'Write a name.').max(200, 'That name is too long.'),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(200)
    .pipe(z.email('Write an e-mail address, like ana@example.com.')),
  roles: several.pipe(z.array(z.enum(ALL_ROLES))),
  shortNumber: z
    .string()
    .trim()
    .default('')
    .transform(orNull)
    .pipe(
      z
        .string()
        .regex(/^\d{3,8}$/, 'A short number has 3 to 8 digits.')
        .nullable(),
    ),
  phones: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(/[\n;,]/)
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .pipe(z.array(z.string().max(40)).max(10, 'At most ten phones.')),
  territory: optionalText,
  region: optionalText,
  managerId: z
    .union([z.uuid(), z.literal('')])
    .default('')
    .transform(orNull),
  /** Empty: as the line speaks. */
  language: z
    .string()
    .max(20)
    .optional()
    .transform((code) => (code === '' ? null : code)),
  /** One a line: `language:es`, `clearance:citizen`. */
  qualifications: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(/[\n;,]/)
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .pipe(requirementList),
  timeZone: z.string().refine(isTimeZone, 'Choose a time zone of the list.'),
  /** Empty: as the company has it. */
  keyMap: z
    .union([z.enum(KEY_MAP_NAMES), z.literal('')])
    .default('')
    .transform((name) => (name === '' ? null : name)),
});

export const passwordForm = z.object({
  password: z
    .string()
    .min(MINIMUM_PASSWORD_LENGTH, `A password has at least ${MINIMUM_PASSWORD_LENGTH} characters.`)
    .max(200, 'That password is too long.'),
});

export type FormErrors = Record<string, string>;

/** The first complaint about each field. */
export function errorsOf(error: z.ZodError): FormErrors {
  const errors: FormErrors = {};
  for (const issue of error.issues) errors[String(issue.path[0] ?? 'form')] ??= issue.message;
  return errors;
}

export const TIME_ZONES: readonly string[] = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Toronto',
  'America/Mexico_City',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Sydney',
  'UTC',
];

/** What an administrator must not do to themselves: lock themselves, and maybe everybody, out. */
export function locksOut(isSelf: boolean, change: PersonChange): string | null {
  if (!isSelf) return null;
  if (change.roles && !change.roles.includes('administrator'))
    return "You can't take the role of administrator from yourself. Another administrator can.";
  if (change.active === false) return "You can't deactivate yourself. Another administrator can.";
  return null;
}
