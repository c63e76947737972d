import type { Frames, Meeting, Told } from './frames.ts';

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
  complaint: (told, isRisk) => `${isRisk ? 'a risk' : 'open complaint'}${whenAndBy(told)}:`,
  competitor: (told, name) => `${name ?? 'competition'}${whenAndBy(told)}:`,
  price: (told) => `on prices${whenAndBy(told)}:`,
  background: ({ other }) => `good to know${whenAndBy({ day: null, other })}:`,
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

function whenAndBy({ day, other }: Told): string {
  return `${day === null ? '' : `, ${day}`}${other === null ? '' : `, from ${other}`}`;
}
