// Generates the Prisma client into prisma/generated/client when the schema or Prisma itself has changed.
// `node scripts/generate-client.mjs [--force]`, or `import { generateClient }`.
//
// `prisma generate` never runs the schema engine, yet its command line insists on having that binary and would
// download it. Pointing it at any executable, here Node.js itself, satisfies it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const schemaPath = path.join(root, 'prisma', 'schema.prisma');
const generated = path.join(root, 'prisma', 'generated');
const stampPath = path.join(generated, 'made-from.sha256');
const lockPath = path.join(root, 'prisma', 'generated.lock');
const LOCK_STALE_AFTER_MS = 60_000;

function wantedStamp() {
  const version = createRequire(import.meta.url)('prisma/package.json').version;
  return createHash('sha256').update(readFileSync(schemaPath)).update(version).digest('hex');
}

function isCurrent(stamp) {
  return (
    existsSync(path.join(generated, 'client', 'client.ts')) &&
    existsSync(stampPath) &&
    readFileSync(stampPath, 'utf8') === stamp
  );
}

/** Several test runs may start at once in one clone; only one of them writes. */
function takeLock() {
  const deadline = Date.now() + LOCK_STALE_AFTER_MS;
  for (;;) {
    try {
      mkdirSync(lockPath);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const age = Date.now() - (statSync(lockPath, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > LOCK_STALE_AFTER_MS || Date.now() > deadline)
        rmSync(lockPath, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

/**
 * Makes the client if it is missing or older than the schema. Returns whether it was written.
 * @param {{ force?: boolean }} [options]
 */
export function generateClient({ force = false } = {}) {
  const stamp = wantedStamp();
  if (!force && isCurrent(stamp)) return false;
  takeLock();
  try {
    if (!force && isCurrent(stamp)) return false;
    const require = createRequire(import.meta.url);
    const cli = path.join(path.dirname(require.resolve('prisma/package.json')), 'build', 'index.js');
    const env = { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' };
    env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
    const preload = path.join(root, 'scripts', 'prisma-without-dev-server.cjs');
    const args = ['--require', preload, cli, 'generate', '--no-hints'];
    const run = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`prisma generate failed:\n${run.stdout}${run.stderr}`);
    writeFileSync(stampPath, stamp);
    return true;
  } finally {
    rmSync(lockPath, { recursive: true, force: true });
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const written = generateClient({ force: process.argv.includes('--force') });
    console.log(written ? 'Generated the database client.' : 'The database client is up to date.');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
