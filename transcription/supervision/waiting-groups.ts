import type { Forecast } from './forecast.ts';
import { type ForecastPerson, meetsAll } from './forecast-job.ts';
import type { WorkingJob } from './read-work.ts';

/** Work that waits and asks for the same. */
export interface WaitingGroup {
  requirements: string[];
  jobs: number;
  audioMinutes: number;
  late: number;
  /** At work now, not paused, and have what it asks for. */
  people: string[];
  /** When the last of it will be done; null: some of it will not, as things are. */
  clearAt: Date | null;
}

/** Pure. In the order of the jobs that are due first. */
export function groupWaiting(
  jobs: readonly WorkingJob[],
  people: readonly ForecastPerson[],
  forecasts: ReadonlyMap<string, Forecast>,
): WaitingGroup[] {
  const groups = new Map<string, WaitingGroup & { seconds: number; stuck: boolean }>();
  for (const job of jobs) {
    if (job.state.kind === 'claimed') continue;
    const requirements = [...job.requirements].sort();
    const key = requirements.join();
    const group = groups.get(key) ?? {
      requirements,
      jobs: 0,
      audioMinutes: 0,
      seconds: 0,
      late: 0,
      people: people.filter((each) => !each.paused && meetsAll(each, job)).map(({ name }) => name),
      clearAt: null,
      stuck: false,
    };
    groups.set(key, group);
    const found = forecasts.get(job.id);
    group.jobs += 1;
    group.seconds += job.audioSeconds;
    group.audioMinutes = Math.round(group.seconds / 60);
    if (found?.late) group.late += 1;
    if (!found?.doneAt) group.stuck = true;
    else if (!group.clearAt || found.doneAt > group.clearAt) group.clearAt = found.doneAt;
  }
  return [...groups.values()].map(({ seconds: _, stuck, ...group }) => ({
    ...group,
    clearAt: stuck ? null : group.clearAt,
  }));
}
