import { z } from 'zod';
import { dueRuleInput } from '../../transcription/turnaround/turnaround-class.ts';

/** `16:30` as a minute of the day; `24:00` is midnight at its end. */
export function readMinute(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!match) return null;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) > 59 || minute > 1440 ? null : minute;
}

const clock = (message: string) =>
  z
    .string()
    .trim()
    .transform((text, context) => {
      const minute = readMinute(text);
      if (minute !== null) return minute;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });

const whole = (message: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,5}$/, message)
    .transform(Number);

/** The form of a class, as a browser sends it, to a name and a rule. */
export const classForm = z
  .object({ name: z.string().trim().min(1, 'Write a name.').max(60), kind: z.enum(['after', 'by']) })
  .and(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('after'), minutes: whole('Write minutes, like 90.') }),
      z.object({
        kind: z.literal('by'),
        workingDays: whole('Write a number of working days, like 1; 0 is the same day.'),
        until: clock('Write a time, like 17:00.'),
        cutoff: z.union([
          z.literal('').transform(() => null),
          clock('Write a time, like 15:00, or nothing.'),
        ]),
      }),
    ]),
  )
  .transform((form) => ({
    name: form.name,
    rule:
      form.kind === 'after'
        ? { kind: form.kind, minutes: form.minutes }
        : {
            kind: form.kind,
            workingDays: form.workingDays,
            untilMinute: form.until,
            cutoffMinute: form.cutoff,
          },
  }))
  .pipe(z.object({ name: z.string(), rule: dueRuleInput }));

/** The working days of the company. */
export const workingDaysForm = z.object({
  weekdays: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((value) => [value].flat().map(Number))
    .pipe(z.array(z.int().min(1).max(7)).min(1, 'choose at least one day')),
  holidays: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,;]+/).filter(Boolean))
    .pipe(z.array(z.iso.date('write days like 2026-12-25')).max(500))
    .transform((days) => [...new Set(days)].sort()),
});
