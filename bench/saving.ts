/**
 * How soon a keystroke is safe, while somebody types on without a pause: on this computer's disk (IndexedDB has
 * committed it) and at the server. Beside it, in the same page and run, what a bare write of the same text into
 * IndexedDB and a bare request to the server take.
 *
 *   npm run bench saving [KEYS] [WORDS]
 */
import type { Page } from 'playwright-core';
import { launchChromium } from '../tests/support/chromium.ts';
import { machine, percentile } from './support/bench-platform.ts';
import { longText, openWorkbenchServer } from './support/workbench-server.ts';

const [, , keys = '600', words = '10000'] = process.argv;
const KEY_EVERY_MS = 90;
const TYPED = 'The pump at the north well is running again and they are glad of it. ';

interface Times {
  typed: { length: number; atMs: number }[];
  onDisk: { length: number; atMs: number }[];
  atServer: { length: number; atMs: number }[];
}

const text = longText(Number(words));
const server = await openWorkbenchServer(200);
const jobId = await server.addJob({ seconds: 600, text, doubts: 10 });
const browser = await launchChromium();
try {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await server.signIn(page);
  await page.goto(`${server.address}/workbench/${jobId}`);
  await page.waitForSelector('#workbench[data-ready="write"]');
  await watch(page);
  await page.keyboard.press('Escape');
  await page.locator('#text').focus();
  for (let at = 0; at < Number(keys); at += 1) {
    const due = performance.now() + KEY_EVERY_MS;
    await page.keyboard.press(TYPED[at % TYPED.length] ?? ' ');
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  await page.waitForSelector('#saved[data-phase="idle"]');
  const { typed, onDisk, atServer } = await page.evaluate(
    () => (window as unknown as { times: Times }).times,
  );
  const until = (places: Times['onDisk']) =>
    typed.map(({ length, atMs }) => {
      const safe = places.find((place) => place.atMs >= atMs && place.length >= length);
      return safe ? safe.atMs - atMs : Number.POSITIVE_INFINITY;
    });
  const bare = await bareWrites(page);
  console.log(`${typed.length} keys, ${KEY_EVERY_MS} ms apart, in ${words} words\n${machine()}\n`);
  console.log('ms from the key             p50     p95     p99    most');
  report('on the disk', until(onDisk));
  report('bare IndexedDB put', bare.disk);
  report('at the server', until(atServer));
  report('bare request', bare.request);
} finally {
  await browser.close();
  await server.close();
}

function report(name: string, times: readonly number[]): void {
  const of = (share: number) => percentile(times, share).toFixed(1).padStart(7);
  console.log(
    `${name.padEnd(22)} ${of(0.5)} ${of(0.95)} ${of(0.99)} ${Math.max(...times)
      .toFixed(1)
      .padStart(7)}`,
  );
}

/** Notes in the page when what length of the text was typed, was on the disk, was at the server. */
function watch(target: Page): Promise<void> {
  return target.evaluate(() => {
    const times: Times = { typed: [], onDisk: [], atServer: [] };
    Object.assign(window, { times });
    const field = document.querySelector<HTMLTextAreaElement>('#text');
    const saved = document.querySelector<HTMLElement>('#saved');
    if (!field || !saved) return;
    field.setSelectionRange(field.value.length, field.value.length);
    field.addEventListener('input', (event) => {
      times.typed.push({ length: field.value.length, atMs: event.timeStamp });
    });
    new MutationObserver(() => {
      const atMs = performance.now();
      times.onDisk.push({ length: Number(saved.dataset.onDisk), atMs });
      times.atServer.push({ length: Number(saved.dataset.atServer), atMs });
    }).observe(saved, { attributes: true });
  });
}

/** The least that either can take here: one write, one answer, again and again. */
function bareWrites(target: Page): Promise<{ disk: number[]; request: number[] }> {
  return target.evaluate(async () => {
    const value = document.querySelector<HTMLTextAreaElement>('#text')?.value ?? '';
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('bare', 1);
      opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('texts'));
      opening.addEventListener('success', () => resolve(opening.result));
      opening.addEventListener('error', () => reject(opening.error));
    });
    const disk: number[] = [];
    const request: number[] = [];
    for (let round = 0; round < 100; round += 1) {
      let begun = performance.now();
      await new Promise<void>((resolve) => {
        const transaction = database.transaction('texts', 'readwrite', { durability: 'strict' });
        transaction.objectStore('texts').put(value, 'text');
        transaction.addEventListener('complete', () => resolve());
      });
      disk.push(performance.now() - begun);
      begun = performance.now();
      await fetch('/api/openapi.json', { method: 'HEAD' });
      request.push(performance.now() - begun);
    }
    return { disk, request };
  });
}
