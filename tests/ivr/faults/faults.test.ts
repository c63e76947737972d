import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { describeFaults, runFaults } from './run-faults.ts';

/*
 * The short version of `npm run bench faults`: real calls over HTTP against a real server process that is killed,
 * while the carrier lies, stutters and forgets.
 */

const SECRET = 'a secret of the test that all processes share';
let made: TestPlatform;
beforeAll(async () => {
  made = await createTestPlatform({ env: { DICTALINE_SECRET: SECRET } });
});
afterAll(() => made.close());

test('each recording that the carrier completed is in exactly one dictation, in order, unchanged', async () => {
  const { platform, databaseUrl } = made;
  const { dataFolder } = platform.config;
  const report = await runFaults({
    platform,
    env: {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataFolder,
      DICTALINE_SECRET: SECRET,
    },
    port: await freePort(),
    folder: path.join(dataFolder, 'faults'),
    seed: 7,
    calls: 40,
    kills: 2,
    callers: 6,
    killEveryMs: 600,
    speed: 150,
    settleMs: 90_000,
  });
  process.stdout.write(`${describeFaults(report)}\n`);
  expect(report.problems).toEqual([]);
  expect([report.lost, report.doubled]).toEqual([0, 0]);
  expect(report.errors).toBe('');
  // Not because nothing ever happened.
  expect(report.recordings).toBeGreaterThan(20);
  expect(report.kills).toBeGreaterThanOrEqual(2);
}, 600_000);
