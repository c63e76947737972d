import { copyFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Where the bundles lie unless said otherwise: `.build/public` of the checkout, served under /assets. */
export const ASSETS_FOLDER = path.join(HERE, '..', '.build', 'public');

/**
 * Bundles what the browser loads: `browser/**` + `NAME.entry.ts` to `NAME.js`, `styles/NAME.css` entries to
 * `NAME.css`, and copies `assets/` as it is. Fast enough (well under a second) to run at each start.
 * @returns names of the bundles
 * @throws esbuild's BuildFailure, which names file and line
 */
export async function bundleAssets(folder: string = ASSETS_FOLDER): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const scripts = (await readdir(path.join(HERE, 'browser'), { recursive: true })).filter((file) =>
    file.endsWith('.entry.ts'),
  );
  const entries = [
    ...scripts.map((file) => ({
      in: path.join(HERE, 'browser', file),
      out: path.basename(file, '.entry.ts'),
    })),
    { in: path.join(HERE, 'styles', 'console.css'), out: 'console' },
  ];
  await build({
    entryPoints: entries,
    outdir: folder,
    bundle: true,
    minify: true,
    sourcemap: 'linked',
    format: 'esm',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    logLevel: 'silent',
  });
  const fixed = await readdir(path.join(HERE, 'assets'));
  await Promise.all(fixed.map((file) => copyFile(path.join(HERE, 'assets', file), path.join(folder, file))));
  return entries.map((entry) => entry.out);
}
