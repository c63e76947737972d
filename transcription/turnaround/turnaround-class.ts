import { z } from 'zod';
import type { Tx } from '../../platform/database/database.ts';
import type { TurnaroundClass } from '../../prisma/generated/client/client.ts';
import type { DueRule } from './due-rule.ts';

export type ClassRow = Pick<
  TurnaroundClass,
  'id' | 'key' | 'name' | 'minutes' | 'workingDays' | 'untilMinute' | 'cutoffMinute' | 'active'
>;

/** The columns of a class as a rule. Pure. */
export function ruleOf({
  minutes,
  workingDays,
  untilMinute,
  cutoffMinute,
}: Pick<ClassRow, 'minutes' | 'workingDays' | 'untilMinute' | 'cutoffMinute'>): DueRule {
  if (minutes !== null) return { kind: 'after', minutes };
  return { kind: 'by', workingDays: workingDays ?? 0, untilMinute: untilMinute ?? 1440, cutoffMinute };
}

const minuteOfDay = z.int().min(0).max(1440);

/** A rule as somebody writes it. */
export const dueRuleInput = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('after'),
      minutes: z
        .int()
        .min(1)
        .max(60 * 24 * 30),
    }),
    z.object({
      kind: z.literal('by'),
      workingDays: z.int().min(0).max(30),
      untilMinute: minuteOfDay.min(1),
      cutoffMinute: minuteOfDay.nullable(),
    }),
  ])
  .refine(
    (rule) =>
      rule.kind === 'after' ||
      rule.workingDays > 0 ||
      rule.cutoffMinute === null ||
      rule.cutoffMinute <= rule.untilMinute,
    { message: 'What is due the same day must come in before it is due.', path: ['cutoffMinute'] },
  );

/** Columns of a rule. Pure. */
export function columnsOf(rule: DueRule) {
  return rule.kind === 'after'
    ? { minutes: rule.minutes, workingDays: null, untilMinute: null, cutoffMinute: null }
    : {
        minutes: null,
        workingDays: rule.workingDays,
        untilMinute: rule.untilMinute,
        cutoffMinute: rule.cutoffMinute,
      };
}

/** All classes in the order of the screen. */
export function readClasses(tx: Pick<Tx, 'turnaroundClass'>): Promise<TurnaroundClass[]> {
  return tx.turnaroundClass.findMany({ orderBy: [{ active: 'desc' }, { position: 'asc' }, { name: 'asc' }] });
}
