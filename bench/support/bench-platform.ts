import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createPlatform } from '../../app/create-platform.ts';
import { loadConfig } from '../../platform/config.ts';
import type { Platform } from '../../platform/platform.ts';

/** The embedded platform with a new data folder, as `npm start` has it, durable writes included. */
export async function openBenchPlatform(
  env: Record<string, string>,
): Promise<{ platform: Platform; close(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-bench-'));
  const config = loadConfig({ LOG_LEVEL: 'silent', DATA_DIR: folder, ...env });
  const { platform, close } = await createPlatform(config, { say: () => {} });
  return {
    platform,
    async close() {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The value that `share` of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function machine(): string {
  const [cpu] = os.cpus();
  return `Node.js ${process.version}, ${os.cpus().length} × ${cpu?.model ?? 'CPU'}, load ${os.loadavg()[0]?.toFixed(1)}`;
}
