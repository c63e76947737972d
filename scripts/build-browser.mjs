// Bundles what the browser loads into .build/public: each *.entry.ts with the libraries and styles it imports, the
// console's style sheet, and the pictures as they are. Takes a fifth of a second, so it is done at every start.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const SCRIPT_FOLDERS = ['review-console/browser', 'ivr/simulator/browser'];
const STYLE_ENTRIES = ['review-console/styles/console.css'];
const PICTURE_FOLDER = 'review-console/assets';
/** The spell check's dictionary; packed, with its licence beside it, it is what the page loads by itself. */
const DICTIONARY_FOLDER = 'node_modules/dictionary-en';
/** Goes up with the form in which it is packed. */
const PACKED_FORM = 1;

/** Where the bundles lie; served under /assets. */
export const PUBLIC_FOLDER = path.join(root, '.build', 'public');

function filesBelow(folder) {
  return existsSync(path.join(root, folder)) ? readdirSync(path.join(root, folder), { recursive: true }) : [];
}

function findEntries() {
  const scripts = SCRIPT_FOLDERS.flatMap((folder) =>
    filesBelow(folder)
      .filter((file) => file.endsWith('.entry.ts'))
      .map((file) => `${folder}/${file}`),
  );
  const styles = STYLE_ENTRIES.filter((file) => existsSync(path.join(root, file)));
  return [...scripts, ...styles].map((file) => ({
    in: file,
    out: path.basename(file).replace(/(\.entry)?\.(ts|css)$/, ''),
  }));
}

/** Replaces a file in one step and only when it differs, for a server may be reading it at this moment. */
function writeWhole(file, contents) {
  if (existsSync(file) && readFileSync(file).equals(contents)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}

/** Packing takes half a second, so it is done only when there is something new to pack. */
async function writeDictionary(folder) {
  const read = (file) => readFileSync(path.join(root, DICTIONARY_FOLDER, file));
  const versionOf = (packageFolder) =>
    JSON.parse(readFileSync(path.join(root, packageFolder, 'package.json'), 'utf8')).version;
  const made = `dictionary-en ${versionOf(DICTIONARY_FOLDER)}, nspell ${versionOf('node_modules/nspell')}, form ${PACKED_FORM}`;
  writeWhole(path.join(folder, 'dictionary-en.license.txt'), read('license'));
  const file = path.join(folder, 'dictionary-en.words');
  if (existsSync(file) && readFileSync(file, 'utf8').startsWith(`{"made":"${made}"`)) return;
  const { packDictionary } = await import('./pack-dictionary.mjs');
  writeWhole(file, Buffer.from(packDictionary(`${read('index.aff')}`, `${read('index.dic')}`, made)));
}

/**
 * Writes NAME.js (and NAME.css where it imports styles) for each NAME.entry.ts. Returns the names.
 * @param {string} [folder]
 */
export async function buildBrowser(folder = PUBLIC_FOLDER) {
  const { build } = await import('esbuild');
  const entries = findEntries();
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
    write: false,
    bundle: true,
    format: 'esm',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    minify: true,
    sourcemap: 'linked',
    loader: { '.svg': 'dataurl', '.woff2': 'file' },
    logLevel: 'warning',
  });
  for (const { path: file, contents } of outputFiles) writeWhole(file, Buffer.from(contents));
  for (const picture of filesBelow(PICTURE_FOLDER)) {
    writeWhole(path.join(folder, picture), readFileSync(path.join(root, PICTURE_FOLDER, picture)));
  }
  await writeDictionary(folder);
  return entries.map(({ out }) => out);
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const names = await buildBrowser();
  console.log(`Bundled ${names.join(', ')} into .build/public.`);
}
