import type { Database } from '../../../platform/database/database.ts';
import { type Figure, toFigure } from '../statistics/intervals.ts';
import { peopleAccuracy } from './accuracy-figures.ts';
import { workFigures } from './work-figures.ts';

/** What is measured of one person's work, each figure with its interval or with how much is missing for one. */
export interface PersonFigures {
  userId: string;
  texts: number;
  audioMinutes: number;
  hours: number;
  checks: number;
  /** Words right as first typed, before anybody mended them. */
  firstPassAccuracy: Figure;
  /** Checked texts that reached the pass of the score. */
  passed: Figure;
  audioMinutesPerHour: Figure;
  realTimeFactor: Figure;
  doubtsPerTenMinutes: Figure;
}

/** Of everybody who finished a text or had one checked in that time, or of one person. Locks nothing. */
export async function personFigures(
  database: Pick<Database, 'pool'>,
  time: { from: Date; to: Date; userId?: string },
): Promise<PersonFigures[]> {
  const [work, accuracy] = await Promise.all([workFigures(database, time), peopleAccuracy(database, time)]);
  const ids = new Set([...work.keys(), ...accuracy.keys(), ...(time.userId ? [time.userId] : [])]);
  return [...ids].map((userId) => {
    const worked = work.get(userId);
    const right = accuracy.get(userId);
    return {
      userId,
      texts: worked?.jobs ?? 0,
      audioMinutes: worked?.audioMinutes ?? 0,
      hours: worked?.hours ?? 0,
      checks: right?.checks ?? 0,
      firstPassAccuracy: toFigure(right?.wordAccuracy ?? null),
      passed: toFigure(right?.passed ?? null),
      audioMinutesPerHour: toFigure(worked?.audioMinutesPerHour ?? null),
      realTimeFactor: toFigure(worked?.realTimeFactor ?? null),
      doubtsPerTenMinutes: toFigure(worked?.doubtsPerTenMinutes ?? null),
    };
  });
}
