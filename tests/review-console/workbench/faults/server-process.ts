/**
 * Screens and API in a process that may be killed at any moment. Started by `restarting-server.ts` (tests/ivr/faults)
 * with its settings in the environment; loads first, and opens and listens when it is told to.
 */
import { registerApi } from '../../../../app/api/register-api.ts';
import { createConsoleJoints } from '../../../../app/console-joints.ts';
import { createPlatform } from '../../../../app/create-platform.ts';
import { loadConfig } from '../../../../platform/config.ts';
import { buildHttp } from '../../../../platform/http/build-http.ts';
import { registerConsole } from '../../../../review-console/register-console.ts';

async function start(): Promise<void> {
  const { platform } = await createPlatform(loadConfig(process.env), { say: () => {} });
  const assetsFolder = process.env.FAULTS_ASSETS ?? '';
  const app = await buildHttp(platform, {
    async people(people) {
      await registerApi(people, platform);
      await registerConsole(people, platform, { ...createConsoleJoints(platform), assetsFolder });
    },
  });
  await app.listen(platform.config.http);
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
