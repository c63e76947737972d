import { parseArgs } from 'node:util';
import { StartupError } from '../../platform/errors.ts';
import { demoAccess } from '../demo/demo-access.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { usage, withPlatform } from './with-platform.ts';

/** `seed`: fills an empty database with the demo company and tells how to get in. */
export async function runSeed(args: string[]): Promise<number> {
  try {
    parseArgs({ args });
  } catch {
    return usage('seed');
  }
  return withPlatform(async (platform) => {
    // Its password stands in the documentation.
    if (platform.config.mode === 'production')
      throw new StartupError(
        'The demo company is not for production; leave out NODE_ENV=production to have it.',
      );
    const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
    const outcome = await seedDemo(platform, { say });
    if (outcome === 'not_empty')
      throw new StartupError(
        'There are people in this database already; the demo company is only for an empty one. Choose another DATA_DIR or DATABASE_URL.',
      );
    process.stdout.write(`${await demoAccess(platform, { running: false })}\n`);
    return 0;
  });
}
