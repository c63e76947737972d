/**
 * npm run bench [NAME] [ARGUMENT ...]     Runs one bench, or all of them one after the other.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const NO_BENCHES = new Set(['run.ts', 'bench-platform.ts', 'autocannon.d.ts']);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !NO_BENCHES.has(file))
  .map((file) => file.replace(/\.ts$/, ''))
  .sort();
const [wanted, ...args] = process.argv.slice(2);

if (wanted !== undefined && !names.includes(wanted)) {
  process.stderr.write(`There is no bench ${wanted}; there are ${names.join(', ')}.\n`);
  process.exit(2);
}
for (const name of wanted === undefined ? names : [wanted]) {
  process.stdout.write(`\n${name}\n`);
  const file = path.join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
