// npm run bench [-- NAME ...]: runs bench/NAME.ts one after the other, or all of them. Each prints one table and can
// be run alone; what they share lies in folders below.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrepareError, prepare } from './prepare.mjs';
import { orOneSentence } from './run.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

await orOneSentence(async () => {
  prepare(console.log);
  const all = readdirSync(path.join(root, 'bench'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
  const chosen = process.argv.slice(2);
  const unknown = chosen.find((name) => !all.includes(name));
  if (unknown) throw new PrepareError(`There is no benchmark ${unknown}; there are ${all.join(', ')}.`);
  for (const name of chosen.length > 0 ? chosen : all) {
    console.log(`\n${name}`);
    const run = spawnSync(process.execPath, ['--import', 'tsx', `bench/${name}.ts`], {
      cwd: root,
      stdio: 'inherit',
    });
    if (run.status !== 0) process.exitCode = 1;
  }
});
