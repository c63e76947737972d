// node scripts/run.mjs FILE.ts [ARGUMENT ...]     Prepares the clone, then runs the file in this same process.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleProgram } from './bundle-program.mjs';
import { PrepareError, prepare } from './prepare.mjs';

/**
 * Runs a TypeScript file as if Node.js had been given it. In this process and not in a second one, so that signals
 * and the exit status need no passing on and nothing is left running when this is killed.
 * @param {string} file
 * @param {string[]} args
 */
export async function runTypeScript(file, args) {
  const full = path.resolve(file);
  process.argv = [process.execPath, full, ...args];
  process.setSourceMapsEnabled(true);
  const bundled = await bundleProgram(full).catch(() => null);
  if (bundled) {
    await import(pathToFileURL(bundled).href);
    return;
  }
  // Where nothing can be written, file by file.
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(full).href);
}

/**
 * Runs `work`; what keeps it from starting is one sentence on standard error and exit status 1.
 * @param {() => Promise<void>} work
 */
export async function orOneSentence(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PrepareError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

if (process.argv[1]?.endsWith('run.mjs')) {
  await orOneSentence(async () => {
    const [file, ...args] = process.argv.slice(2);
    if (!file) throw new PrepareError('Usage: node scripts/run.mjs FILE.ts [ARGUMENT ...]');
    prepare(console.error);
    await runTypeScript(file, args);
  });
}
