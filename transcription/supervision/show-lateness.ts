import { showRequirement } from '../jobs/show-requirement.ts';
import type { Lateness } from './lateness.ts';

/** Why a job will be late, in a sentence. Pure. */
export function showLateness(late: Lateness): string {
  switch (late.kind) {
    case 'paused':
      return `Paused: ${late.reason}`;
    case 'waits_for_answer':
      return 'On hold until the speaker answers';
    case 'nobody_at_work':
      return 'Nobody is at work';
    case 'nobody_has':
      return showMissing(late.requirements);
    case 'nobody_may':
      return 'Those at work who could type it must not';
    case 'all_paused':
      return 'Those at work who could type it are paused';
    case 'reserved':
      return 'Handed over to somebody who is not at work';
    case 'on_hold':
      return 'On hold for longer than it has time';
    case 'being_typed':
      return late.minutesLeft === null
        ? 'Somebody has it and is not at work'
        : `Being typed, and about ${amount(late.minutesLeft, 'minute')} from done`;
    case 'work_before':
      return `${amount(late.audioMinutes, 'minute')} of audio before it and ${amount(late.people, 'person', 'people')} for it at work`;
    case 'too_long':
      return `Takes about ${amount(late.minutes, 'minute')} to type and has ${late.minutesLeft === 0 ? 'none left' : `${late.minutesLeft} left`}`;
  }
}

function showMissing(requirements: readonly string[]): string {
  const [first = ''] = requirements;
  if (requirements.length > 1)
    return `Nobody at work has all of: ${requirements.map(showRequirement).join(', ')}`;
  if (first.startsWith('language:')) return `Nobody at work types ${showRequirement(first)}`;
  return `Nobody at work has ${showRequirement(first)}`;
}

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function amount(count: number, one: string, many = `${one}s`): string {
  const number = one === 'minute' ? String(count) : (WORDS[count] ?? String(count));
  return `${number} ${count === 1 ? one : many}`;
}
