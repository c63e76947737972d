import { showRequirement } from '../../transcription/jobs/show-requirement.ts';
import type { Forecast } from '../../transcription/supervision/forecast.ts';
import type { WorkingJob, WorkingPerson } from '../../transcription/supervision/read-work.ts';
import { showLateness } from '../../transcription/supervision/show-lateness.ts';
import { dueIn, span } from '../browser/workbench/text/show-time.ts';

/** A job in the words of the screen. */
export interface ShownJob {
  id: string;
  reference: string;
  speaker: string;
  line: string;
  urgent: boolean;
  due: string;
  dueAt: Date;
  tone: 'late' | 'waiting' | '';
  dueNote: string;
  audioSeconds: number;
  requirements: string;
  /** "in 40 min", or that it is not, as things are. */
  done: string;
  /** Empty: it will be in time. */
  why: string;
  state: string;
  stateNote: string;
  who: string;
  paused: boolean;
  claimed: boolean;
}

export interface ShownPerson {
  id: string;
  name: string;
  here: string;
  active: string;
  pace: string;
  paceNote: string;
  qualifications: string;
  paused: string;
  /** What they have: reference and since when. */
  job: { reference: string; since: string } | null;
}

const minutesBetween = (from: Date, to: Date) =>
  Math.max(0, Math.floor((to.getTime() - from.getTime()) / 60_000));

export function showJob(
  job: WorkingJob,
  found: Forecast | undefined,
  people: ReadonlyMap<string, string>,
  now: Date,
): ShownJob {
  const { text, isLate, isSoon } = dueIn(job.dueAt.getTime(), now.getTime());
  const { state } = job;
  return {
    id: job.id,
    reference: job.reference,
    speaker: job.speakerName ?? 'Unknown',
    line: job.lineName,
    urgent: job.urgent,
    due: text,
    dueAt: job.dueAt,
    tone: isLate ? 'late' : isSoon ? 'waiting' : '',
    dueNote: job.dueFixed ? 'set by hand' : (job.className ?? ''),
    audioSeconds: job.audioSeconds,
    requirements: job.requirements.map(showRequirement).join(', '),
    done: found?.doneAt ? `in ${span(minutesBetween(now, found.doneAt))}` : 'Not as things are',
    why: found?.late ? showLateness(found.late) : '',
    ...showState(job, now),
    who: state.kind === 'claimed' ? (people.get(state.userId) ?? 'Somebody not at work') : '',
    paused: state.kind === 'paused',
    claimed: state.kind === 'claimed',
  };
}

function showState(job: WorkingJob, now: Date): { state: string; stateNote: string } {
  const { state, reserved } = job;
  switch (state.kind) {
    case 'claimed':
      return { state: 'Being typed', stateNote: `for ${span(minutesBetween(state.since, now))}` };
    case 'paused':
      return { state: 'Paused', stateNote: state.reason };
    case 'on_hold':
      return {
        state: 'On hold',
        stateNote: state.until
          ? `for ${span(minutesBetween(now, state.until))} more${job.heldReason ? `: ${job.heldReason}` : ''}`
          : 'until the speaker has answered',
      };
    case 'waiting':
      return reserved && reserved.until > now
        ? {
            state: 'Waiting',
            stateNote: `for ${job.reservedForName ?? 'somebody'}${job.handoverNote ? `: ${job.handoverNote}` : ''}`,
          }
        : { state: 'Waiting', stateNote: job.draftCharacters > 0 ? 'begun' : '' };
  }
}

export function showPerson(person: WorkingPerson, jobs: readonly WorkingJob[], now: Date): ShownPerson {
  const held = jobs.find(({ state }) => state.kind === 'claimed' && state.userId === person.id);
  const measured = person.measuredSeconds > 0;
  return {
    id: person.id,
    name: person.name,
    here: span(minutesBetween(person.since, now)),
    active: person.activeAt ? `${span(minutesBetween(person.activeAt, now))} ago` : '',
    pace: `${Math.round(person.pace * 60)} min`,
    paceNote: measured
      ? `measured on ${Math.round(person.measuredSeconds / 60)} min`
      : 'usual rate, nothing measured yet',
    qualifications: person.qualifications
      // "English (United States)" beside "English" says nothing more.
      .filter((each) => !/^language:\w+-/.test(each))
      .map(showRequirement)
      .join(', '),
    paused: person.pausedReason ?? '',
    job:
      held?.state.kind === 'claimed'
        ? { reference: held.reference, since: span(minutesBetween(held.state.since, now)) }
        : null,
  };
}
