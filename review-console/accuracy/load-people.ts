import type { Platform } from '../../platform/platform.ts';
import { type PersonFigures, personFigures } from '../../transcription/accuracy/figures/person-figures.ts';
import { asNumber, asPercent, type ShownFigure, showFigure } from './show-figure.ts';

export const PERIODS = [
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'A year' },
] as const;

const DAY_MS = 24 * 3_600_000;

/** One person's figures in words. */
export interface ShownPerson {
  userId: string;
  name: string;
  texts: number;
  audioMinutes: number;
  checks: number;
  figures: ShownFigure[];
}

export function timeOfPeriod(now: Date, days: number): { from: Date; to: Date } {
  return { from: new Date(now.getTime() - days * DAY_MS), to: now };
}

/** Pure. */
export function showPerson(person: PersonFigures, name: string): ShownPerson {
  const { userId, texts, audioMinutes, checks } = person;
  return {
    userId,
    name,
    texts,
    audioMinutes: Math.round(audioMinutes),
    checks,
    figures: [
      showFigure('Words right as first typed', person.firstPassAccuracy, asPercent, 'check'),
      showFigure('Checked texts that passed', person.passed, asPercent, 'check'),
      showFigure('Audio minutes per hour worked', person.audioMinutesPerHour, asNumber, 'text'),
      showFigure('Hours worked per hour of audio', person.realTimeFactor, asNumber, 'text'),
      showFigure('Doubts per ten minutes', person.doubtsPerTenMinutes, asNumber, 'text'),
    ],
  };
}

/** Everybody who is measured, by name. Without a person: the team. Locks nothing. */
export async function loadPeople(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  { days, userId }: { days: number; userId?: string },
): Promise<ShownPerson[]> {
  const figures = await personFigures(database, {
    ...timeOfPeriod(clock.now(), days),
    ...(userId !== undefined && { userId }),
  });
  const users = await database.prisma.user.findMany({
    where: { id: { in: figures.map((person) => person.userId) }, system: false },
    select: { id: true, name: true },
  });
  return figures
    .flatMap((person) => {
      const user = users.find(({ id }) => id === person.userId);
      return user ? [showPerson(person, user.name)] : [];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
