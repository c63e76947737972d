import { loadConfig } from '../../platform/config.ts';
import { AppError, StartupError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { createPlatform } from '../create-platform.ts';

/**
 * Opens what the settings ask for, runs a command's work and closes everything. Works beside a running server. What
 * it says meanwhile goes to standard error: standard output is for results.
 *
 * @throws StartupError also for what a service refuses: the sentence for the person
 */
export async function withPlatform<T>(work: (platform: Platform) => Promise<T>): Promise<T> {
  const config = loadConfig(process.env);
  const { platform, close } = await createPlatform(
    { ...config, log: { level: 'silent' } },
    { say: (sentence) => process.stderr.write(`${sentence}\n`), mayAttach: true },
  );
  try {
    return await work(platform);
  } catch (error) {
    if (error instanceof AppError) throw new StartupError(error.userMessage, { cause: error });
    throw error;
  } finally {
    await close();
  }
}

/** Prints how a command is used; the exit status for that. */
export function usage(text: string, problem?: string): number {
  process.stderr.write(`${problem ? `${problem}\n` : ''}usage: ${text}\n`);
  return 2;
}
