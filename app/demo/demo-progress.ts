import { z } from 'zod';
import type { Platform } from '../../platform/platform.ts';

/** Under this key of the settings stands how far the demo company has come. */
export const DEMO_SETTING = 'demo';

export const demoProgress = z.object({
  /** The time that all dates are reckoned from, also when seeding goes on after it was cut short. */
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});

/** When the demo company was seeded; null when this database has none, or it is incomplete. */
export async function demoSeededAt({ database }: Pick<Platform, 'database'>): Promise<Date | null> {
  const row = await database.prisma.setting.findUnique({ where: { key: DEMO_SETTING } });
  const state = demoProgress.safeParse(row?.value);
  return state.success && state.data.finishedAt !== null ? new Date(state.data.finishedAt) : null;
}
