/**
 * Somebody types in a real browser while it, the server and the network are taken away again and again, at moments from
 * a seed. Exits with 1 when anything is missing that was told to be on the disk, or the server ends with another text
 * than was typed, or its history does not lead there. `npm test` runs the short version.
 *
 *   npm run bench typing-faults [ROUNDS] [SEED]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/embedded-postgres.ts';
import { buildBrowser } from '../scripts/build-browser.mjs';
import { buildCompany } from '../tests/review-console/support/company.ts';
import { runTypingFaults } from '../tests/review-console/workbench/faults/run-typing-faults.ts';
import { freePort } from '../tests/support/free-port.ts';
import { buildDictation } from '../tests/transcription/support/build-dictation.ts';
import { machine, openBenchPlatform } from './support/bench-platform.ts';

const [, , rounds = '40', seed = '1'] = process.argv;
const SECRET = 'a secret of the bench that all processes share';

const folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-typing-'));
// Durable, as in earnest; killed servers leave connections behind for a moment.
const postgres = await startEmbeddedPostgres({ folder: path.join(folder, 'postgres'), maxConnections: 200 });
const { platform, close } = await openBenchPlatform({
  DATABASE_URL: postgres.url,
  DICTALINE_SECRET: SECRET,
});
let failed = true;
try {
  const assets = path.join(folder, 'assets');
  await buildBrowser(assets);
  const company = await buildCompany(platform.database, { now: new Date(), reports: 1 });
  const { jobId } = await buildDictation(platform.database, {
    now: new Date(),
    job: { status: 'waiting', dueAt: new Date(Date.now() + 3_600_000) },
    durationSeconds: 30,
  });
  const { problems, typed, versions, counts, errors } = await runTypingFaults({
    platform,
    env: {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: postgres.url,
      DATA_DIR: platform.config.dataFolder,
      DICTALINE_SECRET: SECRET,
      FAULTS_ASSETS: assets,
    },
    port: await freePort(),
    email: company.emails.transcriptionist,
    jobId,
    seed: Number(seed),
    rounds: Number(rounds),
    progress: (text) => console.log(text),
  });
  console.log(`\n${typed} characters typed, ${versions} versions; seed ${seed}\n${machine()}`);
  for (const [what, times] of Object.entries(counts)) console.log(`${String(times).padStart(6)} × ${what}`);
  console.log(problems.length === 0 ? 'Nothing is missing.' : problems.join('\n'));
  if (errors) console.log(errors);
  failed = problems.length > 0 || errors !== '';
} finally {
  await close();
  await postgres.remove();
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
