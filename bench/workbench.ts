/**
 * An hour of audio and 10,000 words in the workbench, beside a bare field with the same text on a page of the same
 * size, in the same browser, by turns: keystroke to screen at the end, in the middle and at the start of the text, while
 * the audio plays and saves, doubts and names go on; and from the click until one can type.
 *
 *   npm run bench workbench [KEYS-AT-EACH-PLACE] [WORDS]
 *
 * Keystroke to screen: from the time stamp of the key's event until the frame with the letter has been made (a task
 * behind the animation frame after the input), with up to 16 ms of waiting for the display in it, which is the same for
 * every page. `work`: without that wait: how long the key kept the page busy, and its frame.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { launchChromium } from '../tests/support/chromium.ts';
import { machine, percentile } from './support/bench-platform.ts';
import { longText, openWorkbenchServer } from './support/workbench-server.ts';

const [, , keys = '400', words = '10000'] = process.argv;
const KEY_EVERY_MS = 45;
const TYPED = 'The pump at the north well is running again and they are glad of it. ';

const text = longText(Number(words));
const server = await openWorkbenchServer(2_000);
const jobId = await server.addJob({ seconds: 3_600, text, doubts: 40 });
const bare = await serveBare(server.address);
const browser = await launchChromium();
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await server.signIn(page);
  const full = `${server.address}/workbench/${jobId}`;
  await observe(page);
  console.log(
    `${words} words, ${text.length} characters, an hour of audio, 40 doubts, 2,000 accounts\n${machine()}\n`,
  );

  const opened = { workbench: [] as number[], bare: [] as number[] };
  for (let round = 0; round < 7; round += 1) {
    opened.bare.push(await open(page, bare.address));
    opened.workbench.push(await open(page, full));
  }
  console.log('until one can type, ms       median    most');
  for (const [name, times] of Object.entries(opened))
    console.log(`${name.padEnd(24)} ${show(percentile(times, 0.5))} ${show(Math.max(...times))}`);

  console.log('\nkeystroke to screen, ms         p50     p95     p99    work p50     p95     p99');
  const all = { workbench: [] as Stroke[], bare: [] as Stroke[] };
  for (const place of ['end', 'middle', 'start'] as const) {
    for (const [name, address] of [
      ['bare', bare.address],
      ['workbench', full],
    ] as const) {
      await open(page, address);
      if (name === 'workbench') await page.keyboard.press('Escape');
      const strokes = await type(page, place, Number(keys));
      all[name].push(...strokes);
      report(`${name}, at the ${place}`, strokes);
    }
  }
  report('bare, all', all.bare);
  report('workbench, all', all.workbench);
} finally {
  await browser.close();
  await bare.close();
  await server.close();
}

interface Stroke {
  screenMs: number;
  workMs: number;
}

function report(name: string, strokes: readonly Stroke[]): void {
  const of = (key: keyof Stroke, share: number) =>
    show(
      percentile(
        strokes.map((stroke) => stroke[key]),
        share,
      ),
    );
  console.log(
    `${name.padEnd(26)} ${of('screenMs', 0.5)} ${of('screenMs', 0.95)} ${of('screenMs', 0.99)}    ${of('workMs', 0.5)} ${of('workMs', 0.95)} ${of('workMs', 0.99)}`,
  );
}

function show(ms: number): string {
  return ms.toFixed(1).padStart(7);
}

/** Notes in every page when one can type, and each key's way to the screen. */
async function observe(page: Page): Promise<void> {
  // tsx names functions through a helper, which a page has not.
  await page.addInitScript('globalThis.__name = (made) => made');
  await page.addInitScript(() => {
    const seen = { readyMs: 0, strokes: [] as { screenMs: number; workMs: number }[] };
    Object.assign(window, { seen });
    const look = () => {
      const field = document.querySelector<HTMLTextAreaElement>('#text');
      const bench = document.querySelector<HTMLElement>('#workbench');
      if (!field || field.readOnly || (bench && bench.dataset.ready !== 'write'))
        return requestAnimationFrame(look);
      requestAnimationFrame(() => {
        seen.readyMs = performance.now();
      });
    };
    requestAnimationFrame(look);
    let keyAt = 0;
    addEventListener(
      'keydown',
      (event) => {
        keyAt = event.timeStamp;
      },
      { capture: true },
    );
    addEventListener(
      'input',
      () => {
        const from = keyAt;
        // Behind all that the key set off, before the frame.
        const busy = new MessageChannel();
        let busyMs = 0;
        busy.port1.onmessage = () => {
          busyMs ||= performance.now() - from;
        };
        busy.port2.postMessage(0);
        requestAnimationFrame(() => {
          const frameAt = performance.now();
          busyMs ||= frameAt - from;
          const painted = new MessageChannel();
          painted.port1.onmessage = () => {
            const now = performance.now();
            seen.strokes.push({ screenMs: now - from, workMs: busyMs + now - frameAt });
          };
          painted.port2.postMessage(0);
        });
      },
      { capture: true },
    );
  });
}

async function open(page: Page, address: string): Promise<number> {
  await page.goto(address);
  await page.waitForFunction(() => (window as unknown as { seen: { readyMs: number } }).seen.readyMs > 0);
  return page.evaluate(() => (window as unknown as { seen: { readyMs: number } }).seen.readyMs);
}

async function type(page: Page, place: 'end' | 'middle' | 'start', count: number): Promise<Stroke[]> {
  await page.evaluate((share) => {
    const field = document.querySelector<HTMLTextAreaElement>('#text');
    if (!field) return;
    const at = share === 1 ? field.value.length : field.value.indexOf(' ', field.value.length * share) + 1;
    field.focus();
    field.setSelectionRange(at, at);
  }, { end: 1, middle: 0.5, start: 0 }[place]);
  for (let at = 0; at < count; at += 1) {
    const due = performance.now() + KEY_EVERY_MS;
    await page.keyboard.press(TYPED[at % TYPED.length] ?? ' ');
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  return page.evaluate(() => (window as unknown as { seen: { strokes: Stroke[] } }).seen.strokes);
}

/** A field with the same text, and as many bytes of script that does nothing. */
async function serveBare(address: string): Promise<{ address: string; close(): Promise<void> }> {
  const [script, style] = await Promise.all(
    ['workbench.js', 'workbench.css'].map(
      async (name) => (await (await fetch(`${address}/assets/${name}`)).text()).length,
    ),
  );
  const html = `<!doctype html><title>bare</title><link rel="stylesheet" href="/s.css"><script src="/s.js" defer></script>
    <textarea id="text" style="width:800px;height:600px;font:18px/1.6 sans-serif">${text}</textarea>`;
  const http = createServer(({ url }, response) => {
    response.setHeader(
      'content-type',
      url === '/s.js' ? 'text/javascript' : url === '/s.css' ? 'text/css' : 'text/html',
    );
    response.end(url === '/' ? html : `/*${'x'.repeat((url === '/s.js' ? script : style) ?? 0)}*/`);
  });
  await new Promise<void>((resolve) => http.listen(0, 'localhost', resolve));
  return {
    address: `http://localhost:${(http.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => http.close(() => resolve())),
  };
}
