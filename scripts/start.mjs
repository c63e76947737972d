// npm start: everything that a fresh clone needs, then the whole of Dictaline in one process.
import { buildBrowser } from './build-browser.mjs';
import { prepare } from './prepare.mjs';
import { orOneSentence, runTypeScript } from './run.mjs';

await orOneSentence(async () => {
  prepare(console.log);
  await buildBrowser();
  await runTypeScript('app/dictaline.ts', ['serve', ...process.argv.slice(2)]);
});
