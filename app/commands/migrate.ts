import { parseArgs } from 'node:util';
import { usage, withPlatform } from './with-platform.ts';

/** `migrate`: brings the database up to date. Twice, or at once by two, changes nothing more. */
export async function runMigrate(args: string[]): Promise<number> {
  try {
    parseArgs({ args });
  } catch {
    return usage('migrate');
  }
  // Opening the platform applies what is missing.
  await withPlatform(async () => {
    process.stdout.write('The database is up to date.\n');
  });
  return 0;
}
