// Brings a clone into a state in which its TypeScript can run: packages from the lock file, the database client.
// Uses nothing but Node.js until the packages are there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateClient } from './generate-client.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const LEAST_NODE = [20, 19];

/** One sentence for the person; shown without a stack trace. */
export class PrepareError extends Error {}

/**
 * Does what is missing and nothing else; a quarter of a second when nothing is.
 * @param {(sentence: string) => void} say told before something that takes time
 */
export function prepare(say) {
  checkNode();
  if (packagesAreStale()) installPackages(say);
  if (!existsSync(path.join(root, 'prisma', 'generated', 'client')))
    say('Generating the database client ...');
  generateClient();
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  throw new PrepareError(
    `Dictaline needs Node.js ${LEAST_NODE.join('.')} or later and this is ${process.versions.node}; install a newer one.`,
  );
}

/**
 * Compares what npm says it has installed with the lock file. npm writes its own record last, so an installation
 * that was broken off counts as none; one made by hand with `npm ci` counts.
 */
function packagesAreStale() {
  const wanted = readLock('package-lock.json');
  const installed = readLock(path.join('node_modules', '.package-lock.json'));
  if (!wanted || !installed) return true;
  return Object.entries(wanted).some(([location, entry]) => {
    if (location === '') return false;
    const have = installed[location];
    // Packages for other machines are left out by npm.
    if (!have) return !entry.optional;
    return have.version !== entry.version;
  });
}

function readLock(file) {
  const full = path.join(root, file);
  return existsSync(full) ? JSON.parse(readFileSync(full, 'utf8')).packages : undefined;
}

function installPackages(say) {
  say('Installing packages from package-lock.json (a minute or so the first time) ...');
  const windows = process.platform === 'win32';
  // Development packages as well, whatever NODE_ENV says: `npm test` is to find them.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const run = spawnSync(windows ? 'npm.cmd' : 'npm', args, {
    cwd: root,
    shell: windows,
    // What npm prints is not what was asked for: `dictaline` commands own the standard output.
    stdio: ['ignore', 2, 2],
  });
  if (run.status === 0) return;
  throw new PrepareError(
    'The packages could not be installed; npm says above why. Check that its registry can be reached, then try again.',
  );
}
