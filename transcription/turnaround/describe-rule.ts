import type { DueRule } from './due-rule.ts';

/** `14:05` of 845; midnight at the end of the day is `24:00`. */
export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** A rule in a sentence of a screen. Pure. */
export function describeRule(rule: DueRule): string {
  if (rule.kind === 'after') return `${span(rule.minutes)} after it was said`;
  const { workingDays, untilMinute, cutoffMinute } = rule;
  const day =
    workingDays === 0
      ? 'the same working day'
      : workingDays === 1
        ? 'the next working day'
        : `the ${ordinal(workingDays)} working day after`;
  const cutoff =
    cutoffMinute === null ? '' : `; what comes in from ${clockOf(cutoffMinute)} counts for the next`;
  return `By ${clockOf(untilMinute)} ${workingDays > 1 ? 'on ' : ''}${day}${cutoff}`;
}

function span(minutes: number): string {
  const hours = minutes / 60;
  if (minutes < 60 || !Number.isInteger(hours)) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
}

function ordinal(n: number): string {
  const ending =
    n % 10 === 1 && n !== 11
      ? 'st'
      : n % 10 === 2 && n !== 12
        ? 'nd'
        : n % 10 === 3 && n !== 13
          ? 'rd'
          : 'th';
  return `${n}${ending}`;
}
