import type { Frames, Meeting } from './frames.ts';

export const english: Frames = {
  and: 'and',
  unconfirmed: 'not confirmed yet: ',
  meeting(meeting, day) {
    return `${meeting.other ?? 'you'} ${lastDid(meeting)} ${day(meeting.day)}${moodOf(meeting)}.`;
  },
  promise({ by, other, said, due, isOverdue }, day) {
    const who = {
      listener: 'you promised',
      other_rep: `${other} promised`,
      colleague: 'a colleague of ours is to do it',
      customer: 'they promised',
    }[by];
    if (due === null) return `${who}, ${day(said)}:`;
    return isOverdue ? `${who}, and it was due ${day(due)}:` : `${who}, due ${day(due)}:`;
  },
  complaint: ({ day, other }, isRisk) => `${isRisk ? 'a risk' : 'open complaint'}, ${day}${from(other)}:`,
  competitor: ({ day, other }, name) => `${name ?? 'competition'}, ${day}${from(other)}:`,
  price: ({ day, other }) => `on prices, ${day}${from(other)}:`,
  background: ({ other }) => `good to know${from(other)}:`,
};

function lastDid({ people, type }: Meeting): string {
  if (people === '') return type === 'phone' ? 'last called there' : 'last reported from there';
  if (type === 'phone') return `last talked by phone with ${people}`;
  if (type === 'email') return `last wrote to ${people}`;
  return `last met ${people}`;
}

function moodOf({ sentiment }: Meeting): string {
  if (sentiment === 1) return ', and it went well';
  return sentiment === -1 ? ', and it went badly' : '';
}

function from(other: string | null): string {
  return other === null ? '' : `, from ${other}`;
}
