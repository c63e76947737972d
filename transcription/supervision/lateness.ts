import { type ForecastJob, type ForecastPerson, meetsAll } from './forecast-job.ts';

/** Why a job will be late. */
export type Lateness =
  | { kind: 'paused'; reason: string }
  /** Until a speaker answers who may never do. */
  | { kind: 'waits_for_answer' }
  | { kind: 'nobody_at_work' }
  /** No one at work has this; several: no one has them together. */
  | { kind: 'nobody_has'; requirements: string[] }
  /** Those at work who have what it asks for must not type it. */
  | { kind: 'nobody_may' }
  | { kind: 'all_paused' }
  /** Handed over to somebody who is not at work. */
  | { kind: 'reserved' }
  | { kind: 'on_hold' }
  /** Somebody has it. */
  | { kind: 'being_typed'; minutesLeft: number | null }
  /** So much audio is before it, for so many people. */
  | { kind: 'work_before'; audioMinutes: number; people: number }
  /** Typing it takes longer than there is time. */
  | { kind: 'too_long'; minutes: number; minutesLeft: number };

const minutes = (ms: number) => Math.max(0, Math.round(ms / 60_000));

/** In: a job and what the forecast found of it. Out: why it will be late; null when it will not. Pure. */
export function explainLateness(
  job: ForecastJob,
  people: readonly ForecastPerson[],
  now: Date,
  found: { startMs: number | null; doneMs: number | null; audioBeforeSeconds: number },
): Lateness | null {
  const { startMs, doneMs, audioBeforeSeconds } = found;
  if (doneMs !== null && doneMs <= job.dueAt.getTime()) return null;
  const { state } = job;
  if (state.kind === 'paused') return { kind: 'paused', reason: state.reason };
  if (state.kind === 'on_hold' && state.until === null) return { kind: 'waits_for_answer' };
  if (state.kind === 'claimed')
    return { kind: 'being_typed', minutesLeft: doneMs === null ? null : minutes(doneMs - now.getTime()) };
  if (startMs === null || doneMs === null) return explainNobody(job, people, now);
  const leftMs = job.dueAt.getTime() - startMs;
  if (state.kind === 'on_hold' && leftMs <= 0) return { kind: 'on_hold' };
  if (audioBeforeSeconds >= 30) {
    const able = people.filter(
      (person) => !person.paused && meetsAll(person, job) && !job.notFor.includes(person.id),
    );
    return { kind: 'work_before', audioMinutes: Math.round(audioBeforeSeconds / 60), people: able.length };
  }
  return { kind: 'too_long', minutes: minutes(doneMs - startMs), minutesLeft: minutes(leftMs) };
}

function explainNobody(job: ForecastJob, people: readonly ForecastPerson[], now: Date): Lateness {
  if (people.length === 0) return { kind: 'nobody_at_work' };
  const able = people.filter((person) => meetsAll(person, job));
  if (able.length === 0) {
    const missing = job.requirements.filter(
      (each) => !people.some((person) => person.qualifications.includes(each)),
    );
    return { kind: 'nobody_has', requirements: missing.length > 0 ? missing : [...job.requirements] };
  }
  const allowed = able.filter((person) => !job.notFor.includes(person.id));
  if (allowed.length === 0) return { kind: 'nobody_may' };
  if (allowed.every((person) => person.paused)) return { kind: 'all_paused' };
  return job.reserved && job.reserved.until > now ? { kind: 'reserved' } : { kind: 'all_paused' };
}
