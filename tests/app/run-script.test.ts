import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
const PROGRAMS = path.join(root, '.build', 'programs');
/** Of its bundle as well. */
const NAME = `program-${randomUUID()}`;
const MAIN = `import { readFileSync } from 'node:fs';
import { word } from './part.ts';
import words from './words.json';

interface Said { name: string }
class OddError extends Error {}
const told: Said = new OddError();
const text = readFileSync(new URL('./text.txt', import.meta.url), 'utf8');
const { other } = await import('./other.ts');
console.log(word, words.join(), text, other, told.constructor.name, process.argv.slice(2).join());
if (word === 'wrong') {
  throw new Error('on line 12');
}
`;

let folder: string;
const write = (file: string, contents: string) => writeFile(path.join(folder, file), contents);
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-run-'));
  await write(`${NAME}.ts`, MAIN);
  await write('part.ts', `export const word: string = 'one';`);
  await write('other.ts', `export const other = 'lazy' as const;`);
  await write('words.json', '["a", "b"]');
  await write('text.txt', 'text');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  for (const made of await bundles()) await rm(path.join(PROGRAMS, made), { recursive: true });
});

const bundles = async () => (await readdir(PROGRAMS)).filter((name) => name.startsWith(NAME));
const run = () =>
  spawnSync(
    process.execPath,
    [path.join(root, 'scripts', 'run.mjs'), path.join(folder, `${NAME}.ts`), 'x', 'y'],
    {
      encoding: 'utf8',
    },
  );

test('a program runs as it stands, bundled once for each state of its files', {
  timeout: 60_000,
}, async () => {
  for (let time = 0; time < 2; time += 1)
    expect(run()).toMatchObject({ status: 0, stdout: 'one a,b text lazy OddError x,y\n', stderr: '' });
  const first = await bundles();
  expect(first).toHaveLength(2);

  await write('part.ts', `export const word: string = 'two!';`);
  await write('words.json', '["c"]');
  expect(run().stdout).toBe('two! c text lazy OddError x,y\n');
  expect(await bundles()).toHaveLength(3);

  await write('part.ts', `export const word: string = 'wrong';`);
  const failed = run();
  expect(failed.status).toBe(1);
  expect(failed.stderr).toContain('on line 12');
  expect(failed.stderr).toContain(`${NAME}.ts:12`);

  await rm(path.join(folder, 'part.ts'));
  expect(run().status).toBe(1);
});
