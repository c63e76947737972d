// npm run bench [NAME [ARGUMENT ...]]: runs bench/NAME.ts, or all of them one after the other. Each prints one table
// and can be run alone; what they share lies in folders below.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrepareError, prepare } from './prepare.mjs';
import { orOneSentence } from './run.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

await orOneSentence(async () => {
  const all = readdirSync(path.join(root, 'bench'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ name }) => name.slice(0, -'.ts'.length))
    .sort();
  const [wanted, ...args] = process.argv.slice(2);
  const list = `the benchmarks are ${all.join(', ')}`;
  if (wanted !== undefined && !all.includes(wanted)) {
    throw new PrepareError(`There is no benchmark ${wanted}; ${list}.`);
  }
  prepare(console.log);
  if (wanted === undefined) console.log(`All, one after the other: ${list}.`);
  for (const name of wanted === undefined ? all : [wanted]) {
    console.log(`\n${name}`);
    const run = spawnSync(process.execPath, ['--import', 'tsx', `bench/${name}.ts`, ...args], {
      cwd: root,
      stdio: 'inherit',
    });
    if (run.status !== 0) process.exitCode = 1;
  }
});
