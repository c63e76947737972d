// Bundles a program of ours into .build/programs, so that it starts in a third of the time: its thousand files of
// TypeScript would otherwise be found, read and translated one by one at each start. Libraries stay where they are.
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const PROGRAMS = path.join(root, '.build', 'programs');
/** A process that was started from an earlier bundle may still load parts of it, and several may bundle at once. */
const EARLIER_KEPT = 2;
const EARLIER_KEPT_MS = 3_600_000;
/** To be raised when bundles are made in another way. */
const METHOD = 1;

/**
 * The bundle of the program that begins with `file`, made anew when a file that went into it has changed.
 * @param {string} file a TypeScript file of ours
 * @returns {Promise<string>} the JavaScript file to import
 * @throws when .build can't be written to
 */
export async function bundleProgram(file) {
  const entry = path.relative(root, path.resolve(file));
  const name = `${path.basename(entry, '.ts')}-${createHash('sha256').update(entry).digest('hex').slice(0, 8)}`;
  const noted = path.join(PROGRAMS, `${name}.json`);
  const before = readNoted(noted);
  if (before && isCurrent(before)) return path.join(PROGRAMS, before.folder, 'main.js');
  const folder = `${name}.${randomUUID()}`;
  const inputs = await bundle(entry, path.join(PROGRAMS, folder));
  writeFileSync(`${noted}.${process.pid}`, JSON.stringify({ folder, inputs, madeBy: madeBy() }));
  renameSync(`${noted}.${process.pid}`, noted);
  removeEarlier(name, folder);
  return path.join(PROGRAMS, folder, 'main.js');
}

/** Everything but the sources that a bundle depends on. */
function madeBy() {
  const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules', 'esbuild', 'package.json')));
  return `${METHOD} ${version} ${process.versions.node}`;
}

function readNoted(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** By size and time of each file, as `make` does; what nothing imports can't matter. */
function isCurrent({ folder, inputs, madeBy: by }) {
  if (by !== madeBy() || !stateOf(path.join(PROGRAMS, folder, 'main.js'))) return false;
  return Object.entries(inputs).every(([input, state]) => stateOf(path.join(root, input)) === state);
}

function stateOf(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && `${found.size} ${found.mtimeMs}`;
}

/** @returns the files that went into it, with the state that each had before it was read */
async function bundle(entry, folder) {
  const { build } = await import('esbuild');
  const read = new Map();
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [{ in: entry, out: 'main' }],
    outdir: folder,
    bundle: true,
    // Commands are loaded when they are called.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: `node${process.versions.node}`,
    packages: 'external',
    // Errors are told apart by their classes' names.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
    plugins: [whereTheyWere(read)],
  });
  return Object.fromEntries(
    Object.keys(metafile.inputs).map((input) => [input, read.get(path.join(root, input))]),
  );
}

const LOADERS = { '.ts': 'ts', '.mjs': 'js', '.json': 'json' };

/** In a bundle each module still says that it lies where its source does: templates and the like lie beside it. */
function whereTheyWere(read) {
  return {
    name: 'where-they-were',
    setup(build) {
      build.onLoad({ filter: /\.(ts|mjs|json)$/ }, ({ path: file }) => {
        read.set(file, stateOf(file));
        const contents = readFileSync(file, 'utf8')
          .replaceAll('import.meta.url', () => JSON.stringify(pathToFileURL(file).href))
          .replaceAll('import.meta.dirname', () => JSON.stringify(path.dirname(file)));
        return { contents, loader: LOADERS[path.extname(file)] };
      });
    },
  };
}

function removeEarlier(name, current) {
  const earlier = readdirSync(PROGRAMS)
    .filter((folder) => folder.startsWith(`${name}.`) && !folder.includes('.json') && folder !== current)
    .map((folder) => ({
      folder,
      made: statSync(path.join(PROGRAMS, folder), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    }))
    .sort((a, b) => b.made - a.made);
  for (const { folder, made } of earlier.slice(EARLIER_KEPT))
    if (made < Date.now() - EARLIER_KEPT_MS)
      rmSync(path.join(PROGRAMS, folder), { recursive: true, force: true });
}
