import type { ChosenFact } from './chosen-fact.ts';
import type { BriefingFacts, Speaker } from './facts.ts';
import { english } from './frames-english.ts';
import { spanish } from './frames-spanish.ts';
import type { SpokenLanguage } from './say-day.ts';

/** The words around what was said, in the listener's language. None of them begins with a capital. */
export interface Frames {
  meeting(meeting: Meeting, day: SayDay): string;
  promise(promise: Promised, day: SayDay): string;
  complaint(told: Told, isRisk: boolean): string;
  competitor(told: Told, name: string | null): string;
  price(told: Told): string;
  background(told: Told): string;
  /** In front of what nobody confirmed. */
  unconfirmed: string;
  /** Between the last two names of a list. */
  and: string;
}

export type SayDay = (day: string) => string;

/** When something was said, in words, and by whom, where that was not just told with the last meeting. */
export interface Told {
  day: string | null;
  other: string | null;
}

export interface Meeting {
  day: string;
  other: string | null;
  /** "Ann Lee and Bob Ray"; empty: nobody is named. */
  people: string;
  type: string | null;
  sentiment: number | null;
}

export interface Promised {
  by: 'listener' | 'other_rep' | 'colleague' | 'customer';
  other: string | null;
  said: string;
  due: string | null;
  isOverdue: boolean;
}

export const FRAMES: Readonly<Record<SpokenLanguage, Frames>> = { en: english, es: spanish };

/** What is said before a quote, or, of a meeting, all of it. Pure. */
export function frameOf(fact: ChosenFact, facts: BriefingFacts, frames: Frames, day: SayDay): string {
  const { report, promise, kind } = fact;
  const { listenerId, today } = facts;
  if (promise !== null) {
    const { owner, said, due } = promise;
    const other = otherThan(listenerId, promise.speaker);
    const by =
      owner === 'customer' || owner === 'colleague' ? owner : other === null ? 'listener' : 'other_rep';
    return frames.promise({ by, other, said, due, isOverdue: due !== null && due < today }, day);
  }
  if (report === null) return '';
  const other = otherThan(listenerId, report.speaker);
  const isOfLastMeeting = report === facts.reports[0];
  const told = isOfLastMeeting ? { day: null, other: null } : { day: day(report.day), other };
  switch (kind) {
    case 'complaint':
      return frames.complaint(told, fact.code === 'objection-risk');
    case 'competitor':
      return frames.competitor(told, competitorOf(fact));
    case 'price':
      return frames.price(told);
    case 'background':
      return frames.background(told);
    default: {
      const { meetingType: type, sentiment } = report;
      const people = peopleOf(fact, frames.and);
      return frames.meeting({ day: report.day, other, people, type, sentiment }, day);
    }
  }
}

/** Who told of it, when that was not the listener. */
function otherThan(listenerId: string, speaker: Speaker | null): string | null {
  return speaker && speaker.id !== listenerId ? speaker.name : null;
}

const MOST_PEOPLE = 4;

function peopleOf({ report, isConfirmed }: ChosenFact, and: string): string {
  const people = report?.people ?? [];
  const confirmed = people.filter((person) => person.isConfirmed);
  const named = (confirmed.length > 0 || isConfirmed ? confirmed : people).slice(0, MOST_PEOPLE);
  const names = named.map(({ name }) => name);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;
}

/** "They offered it free" says nothing without the name; where the quote names them it is not said twice. */
function competitorOf({ report, quote }: ChosenFact): string | null {
  const units = report?.units.filter(({ number }) => quote?.units.includes(number)) ?? [];
  const name = units.flatMap(({ competitors }) => competitors)[0];
  if (name === undefined) return null;
  // "Baxter-Cole Pumps" is named by its first word, too.
  const [first = name] = name.split(' ');
  return quote?.text.includes(first) ? null : name;
}
