import { expect, it } from 'vitest';
import { PUBLIC_FOLDER } from '../../../../scripts/build-browser.mjs';
import { chromiumBrowser } from '../../../support/chromium.ts';
import { describeWith } from '../../../support/describe-with.ts';
import { freePort } from '../../../support/free-port.ts';
import { createTestPlatform } from '../../../support/test-platform.ts';
import { buildDictation } from '../../../transcription/support/build-dictation.ts';
import { buildCompany } from '../../support/company.ts';
import { runTypingFaults } from './run-typing-faults.ts';

/*
 * The short version of `npm run bench typing-faults`: somebody types while the browser, the server and the network are
 * taken away in turn.
 */
const SECRET = 'a secret of the test that all processes share';

describeWith(chromiumBrowser, 'typing while everything fails', () => {
  it('loses nothing that was on the disk, and ends with what was typed at the server and in its history', async () => {
    const made = await createTestPlatform({ env: { DICTALINE_SECRET: SECRET } });
    try {
      const { platform, databaseUrl } = made;
      const company = await buildCompany(platform.database, { now: platform.clock.now(), reports: 1 });
      const { jobId } = await buildDictation(platform.database, {
        now: platform.clock.now(),
        job: { status: 'waiting', dueAt: new Date(Date.now() + 3_600_000) },
        durationSeconds: 30,
      });
      const report = await runTypingFaults({
        platform,
        env: {
          NODE_ENV: 'test',
          LOG_LEVEL: 'silent',
          DATABASE_URL: databaseUrl,
          DATA_DIR: platform.config.dataFolder,
          DICTALINE_SECRET: SECRET,
          FAULTS_ASSETS: PUBLIC_FOLDER,
        },
        port: await freePort(),
        email: company.emails.transcriptionist,
        jobId,
        seed: 3,
        rounds: 5,
      });
      expect(report.problems).toEqual([]);
      expect(report.errors).toBe('');
      // Not because nothing ever happened.
      expect(report.counts).toMatchObject({ 'browser killed': 1, 'server killed': 1, offline: 1 });
      expect(report.versions).toBeGreaterThan(5);
    } finally {
      await made.close();
    }
  }, 240_000);
});
