/**
 * What answers the carrier and all workers (no screens, which take long to load), in a process that may be killed at
 * any moment, and whose time runs faster:
 * what waits for minutes waits for moments. Started by `restarting-server.ts` with its settings in the environment;
 * loads first and opens and listens when it is told to.
 */
import { createPlatform } from '../../../app/create-platform.ts';
import { ensureBasics } from '../../../app/ensure-basics.ts';
import { createPhoneJoints } from '../../../app/phone-joints.ts';
import { startWorkers } from '../../../app/start-workers.ts';
import { registerIvr } from '../../../ivr/register-ivr.ts';
import { loadConfig } from '../../../platform/config.ts';
import { buildHttp } from '../../../platform/http/build-http.ts';
import type { Platform } from '../../../platform/platform.ts';
import { createFastClock } from './fast-clock.ts';

/** Sweeps need not come more often; twenty kinds of them would keep a core busy. */
const SHORTEST_SCHEDULE_MS = 600;
const CARRIER_ANSWERS_MS = 2000;

function fasten(platform: Platform, { epochMs, speed }: { epochMs: number; speed: number }): Platform {
  const { queues } = platform;
  return {
    ...platform,
    clock: createFastClock({ epochMs, speed }),
    queues: {
      ...queues,
      wake: (task, payload, options = {}) =>
        queues.wake(task, payload, {
          ...options,
          ...(options.delayMs !== undefined && { delayMs: options.delayMs / speed }),
        }),
      schedule: (task, everyMs) => queues.schedule(task, Math.max(SHORTEST_SCHEDULE_MS, everyMs / speed)),
    },
  };
}

async function start(): Promise<void> {
  const config = loadConfig(process.env);
  const { platform: made } = await createPlatform(config, { say: () => {} });
  const [epochMs, speed] = [Number(process.env.FAULTS_EPOCH_MS), Number(process.env.FAULTS_SPEED)];
  const platform = fasten(made, { epochMs, speed });
  // The clock of the carrier's silences runs as fast as all others, down to what a busy machine takes to answer.
  const joints = createPhoneJoints(platform.config, CARRIER_ANSWERS_MS);
  await ensureBasics(platform.database);
  const app = await buildHttp(platform, {
    signed: (phone) => registerIvr(phone, platform, joints),
  });
  await app.listen(config.http);
  await startWorkers(platform, joints);
  process.send?.('listening');
}

// Nobody is left to kill it.
process.once('disconnect', () => process.exit(0));
process.once('message', () => {
  start().catch((error) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
});
process.send?.('loaded');
