// npm run check [-- NAME ...]: everything that can be said about the code without running its tests.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';
import { orOneSentence } from './run.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => path.join(root, 'node_modules', '.bin', name);
const FOLDERS = [
  ...[
    'app',
    'platform',
    'ivr',
    'transcription',
    'crm-sync',
    'insight',
    'surveys',
    'proposals',
    'review-console',
  ],
  ...['tests', 'bench', 'scripts'],
];

const CHECKS = {
  style: () => [bin('biome'), 'check', '--diagnostic-level=error'],
  types: () => [bin('tsc'), '--noEmit', '-p', '.'],
  imports: () => {
    giveTypeScriptToDependencyCruiser();
    const present = FOLDERS.filter((folder) => existsSync(path.join(root, folder)));
    return [bin('depcruise'), '--config', '.dependency-cruiser.cjs', ...present];
  },
  unused: () => [bin('knip')],
  migrations: () => [process.execPath, '--import', 'tsx', 'scripts/migration.ts', 'check'],
};

/**
 * dependency-cruiser reads TypeScript through its JavaScript interface, which TypeScript 7 doesn't have, and without
 * one it silently reads no .ts file at all. So it gets a TypeScript 6 of its own, where it looks first.
 */
function giveTypeScriptToDependencyCruiser() {
  const folder = path.join(root, 'node_modules', 'dependency-cruiser', 'node_modules');
  const link = path.join(folder, 'typescript');
  mkdirSync(folder, { recursive: true });
  rmSync(link, { recursive: true, force: true });
  symlinkSync(path.join(root, 'node_modules', 'typescript-6'), link, 'junction');
}

await orOneSentence(async () => {
  prepare(console.log);
  const chosen = process.argv.slice(2);
  const failed = [];
  for (const [name, command] of Object.entries(CHECKS)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    const startedAt = Date.now();
    const [program, ...args] = command();
    const run = spawnSync(program, args, {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    console.log(`${run.status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (run.status === 0) continue;
    failed.push(name);
    console.log(`${run.stdout}${run.stderr}`);
  }
  if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
});
