import { createSettableClock, type SettableClock } from '../../../platform/clock.ts';
import type { Platform } from '../../../platform/platform.ts';
import {
  createTestPlatform as createWholePlatform,
  TEST_ADMIN_TOKEN,
  type TestPlatform as WholePlatform,
} from '../../support/test-platform.ts';

export const ADMIN_TOKEN = TEST_ADMIN_TOKEN;

export interface TestPlatform extends WholePlatform {
  platform: Platform & { clock: SettableClock };
}

/** The whole platform with a clock that stands still. */
export async function createTestPlatform(env: Record<string, string> = {}): Promise<TestPlatform> {
  const clock = createSettableClock();
  const made = await createWholePlatform({ clock, env });
  return { ...made, platform: { ...made.platform, clock } };
}
