/**
 * Thousands of random calls against a real server that is killed and started again meanwhile, by a carrier that does
 * everything wrong that carriers do. Each recording that the carrier completed must end up in exactly one dictation,
 * in order and unchanged; exits with 1 when one doesn't. `npm test` runs the short version.
 *
 *   npm run bench faults [CALLS] [SEED]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/embedded-postgres.ts';
import { describeFaults, runFaults } from '../tests/ivr/faults/run-faults.ts';
import { freePort } from '../tests/support/free-port.ts';
import { machine, openBenchPlatform } from './support/bench-platform.ts';

const [, , calls = '400', seed = '1'] = process.argv;
const SECRET = 'a secret of the bench that all processes share';

const folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-faults-'));
// Durable, as in earnest; killed servers leave connections behind for a moment.
const postgres = await startEmbeddedPostgres({ folder: path.join(folder, 'postgres'), maxConnections: 200 });
const { platform, close } = await openBenchPlatform({
  DATABASE_URL: postgres.url,
  DICTALINE_SECRET: SECRET,
});
const { dataFolder } = platform.config;
let failed = true;
try {
  const report = await runFaults({
    platform,
    env: {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: postgres.url,
      DATA_DIR: dataFolder,
      DICTALINE_SECRET: SECRET,
    },
    port: await freePort(),
    folder: path.join(dataFolder, 'faults'),
    seed: Number(seed),
    calls: Number(calls),
    kills: Math.ceil(Number(calls) / 40),
    callers: 6,
    killEveryMs: 1500,
    speed: 60,
    settleMs: 240_000,
    progress: (text) => console.log(text),
  });
  console.log(`${describeFaults(report)}\n${machine()}`);
  if (report.errors !== '') console.log(report.errors);
  failed = report.problems.length > 0 || report.lost > 0 || report.doubled > 0 || report.errors !== '';
} finally {
  await close();
  await postgres.remove();
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
