import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StartupError } from './errors.ts';

/**
 * The random secret kept in `file` (readable by its owner alone), made the first time: 32 bytes, base64url. Of two
 * processes that make it at once, both get the same one. Deleting the file makes a new one at the next start.
 */
export function keepSecret(file: string): string {
  try {
    if (!existsSync(file)) makeSecret(file);
    const secret = readFileSync(file, 'utf8').trim();
    if (secret !== '') return secret;
  } catch (cause) {
    throw new StartupError(
      `The file ${file} can't be read or made; start Dictaline as the user that started it first, ` +
        'or set DATA_DIR to a folder that you may write to.',
      { cause },
    );
  }
  throw new StartupError(
    `The file ${file} is empty; restore it from a backup, or delete it to have a new one made.`,
  );
}

function makeSecret(file: string): void {
  makeDataFolder(path.dirname(file));
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 });
  try {
    // Linking fails when the name is taken, so the secret is there whole and only once.
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft);
  }
}

/**
 * Makes a folder for our data, with those above it. Others may pass through it (the user that PostgreSQL runs as
 * when we are root) but not list it; what is secret in it has its own mode.
 */
export function makeDataFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeDataFolder(path.dirname(folder));
  try {
    // Not `recursive`, which runs for ever where a file system says of a new folder that it doesn't exist (/proc).
    mkdirSync(folder);
    chmodSync(folder, 0o711);
  } catch (cause) {
    // Another process may have made it a moment earlier.
    if (existsSync(folder)) return;
    throw new StartupError(`The folder ${folder} can't be made; set DATA_DIR to one that you may write to.`, {
      cause,
    });
  }
}
