/** A job that is not done, as the forecast sees it. */
export interface ForecastJob {
  id: string;
  dueAt: Date;
  createdAt: Date;
  audioSeconds: number;
  requirements: readonly string[];
  /** People who must not have it, whatever they are qualified for. */
  notFor: readonly string[];
  /** Handed over to this person, until then. */
  reserved: { userId: string; until: Date } | null;
  state:
    | { kind: 'waiting' }
    /** `since`: when they took it. */
    | { kind: 'claimed'; userId: string; since: Date }
    /** Until an hour; null: until the speaker has answered, which nobody can foresee. */
    | { kind: 'on_hold'; until: Date | null }
    | { kind: 'paused'; reason: string };
}

/** Somebody who is at work now. */
export interface ForecastPerson {
  id: string;
  name: string;
  qualifications: readonly string[];
  /** Seconds of audio that they type in a second of work; 0.25 is four hours for an hour of audio. */
  pace: number;
  /** Is not given new work. */
  paused: boolean;
}

export function meetsAll(person: ForecastPerson, job: Pick<ForecastJob, 'requirements'>): boolean {
  return job.requirements.every((each) => person.qualifications.includes(each));
}
