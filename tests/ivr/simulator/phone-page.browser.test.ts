import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { PUBLIC_FOLDER } from '../../../scripts/build-browser.mjs';
import { writeWav } from '../../../transcription/audio/write-wav.ts';
import { chromiumBrowser, launchChromium } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { type IvrServer, OWN_PHONE, PIN, SHORT_NUMBER, speech, startIvrServer } from '../server.ts';

let server: IvrServer;
let browser: Browser;
let folder: string;
let audioFile: string;
let page: Page;
let problems: string[];

describeWith(chromiumBrowser, 'the phone page', () => {
  beforeAll(async () => {
    server = await startIvrServer({ assetsFolder: PUBLIC_FOLDER });
    folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-phone-'));
    audioFile = path.join(folder, 'speech.wav');
    await writeFile(audioFile, writeWav(8000, speech(5)));
    browser = await launchChromium([
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${audioFile}`,
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    const context = await browser.newContext({
      permissions: ['microphone'],
      viewport: { width: 360, height: 740 },
    });
    page = await context.newPage();
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('icon.svg')) problems.push(message.text());
    });
    await page.goto(`${server.platform.config.carrier.apiOrigin}/phone`);
  });
  afterEach(async () => {
    await page.context().close();
    expect(problems).toEqual([]);
  });

  const conversation = () => page.locator('#conversation');
  async function call(from: string): Promise<void> {
    await page.getByLabel('Calling from').fill(from);
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await conversation().getByText('Welcome to the field report line.').waitFor();
  }
  async function pressKeys(keys: string): Promise<void> {
    const names: Record<string, string> = { '*': 'Star', '#': 'Pound' };
    for (const key of keys) await page.getByRole('button', { name: names[key] ?? key, exact: true }).click();
  }
  const recording = () => page.getByRole('status').getByText('Recording').waitFor();

  test('dial, PIN on the keypad, talk into the microphone, pound: the reference is read back', async () => {
    await call(OWN_PHONE);
    const placeOf = () => page.getByRole('button', { name: '5', exact: true }).boundingBox();
    const place = await placeOf();
    await pressKeys(`${PIN}#`);
    await recording();
    // A key that moves away between finger down and finger up isn't pressed, and the line waits for ever.
    expect(await placeOf()).toEqual(place);
    expect(await conversation().innerText()).not.toContain(PIN);
    await page.getByRole('button', { name: 'Talk' }).click();
    // Speech has come in once the meter has moved.
    await page.waitForFunction(() => {
      const meter = document.getElementById('level');
      return meter instanceof HTMLMeterElement && meter.value > 0.1;
    });
    await page.getByRole('button', { name: 'Talking, 2 s' }).waitFor();
    await pressKeys('#');
    await conversation().getByText('Its reference is').waitFor();
    const { rows } = await server.pool.query(
      `select r.announced_seconds as seconds, d.status from recording r join dictation d on d.id = r.dictation_id
       order by r.created_at desc limit 1`,
    );
    expect(rows[0]).toMatchObject({ status: 'submitted' });
    expect(rows[0].seconds).toBeGreaterThanOrEqual(1);
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByRole('status').getByText('Call ended').waitFor();
  });

  test('from an unknown phone, a file instead of the microphone, keys on the keyboard', async () => {
    await call('');
    for (const key of `${SHORT_NUMBER}#${PIN}#`) await page.keyboard.press(key);
    await recording();
    await page.getByLabel('Say a file').setInputFiles(audioFile);
    await conversation().getByText('Spoke for 5.0 s').waitFor();
    await page.keyboard.press('#');
    await conversation().getByText('It is 5 seconds long.').waitFor();
  });

  test('closing the window hangs up and so sends what was said', async () => {
    await call(OWN_PHONE);
    await pressKeys(`${PIN}#`);
    await recording();
    await page.getByLabel('Say a file').setInputFiles(audioFile);
    await conversation().getByText('Spoke for 5.0 s').waitFor();
    await page.goto('about:blank');
    await expect
      .poll(async () => {
        const { rows } = await server.pool.query(
          'select status from dictation order by started_at desc, id desc limit 1',
        );
        return rows[0]?.status;
      })
      .toBe('submitted');
  });

  test('what the keys do stands beside them, by the key map in force', async () => {
    await server.pool.query(`update app_user set key_map = 'record_on_2' where id = $1`, [server.repId]);
    const help = page.getByRole('region', { name: 'Keys:' });
    await call(OWN_PHONE);
    await help.getByText('start the entry over').waitFor();
    await pressKeys(`${PIN}#`);
    await recording();
    await help.getByText('pause, with a menu').waitFor();
    expect(await help.innerText()).toMatch(/\b2\s+pause/);
    await page.getByLabel('Say a file').setInputFiles(audioFile);
    await conversation().getByText('Spoke for 5.0 s').waitFor();
    await pressKeys('2');
    await help.getByText('drop the last part').waitFor();
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByRole('status').getByText('Call ended').waitFor();
    expect(await help.isVisible()).toBe(false);
    await server.pool.query('update app_user set key_map = null where id = $1', [server.repId]);
  });

  test('a call on which things go wrong is a call all the same', async () => {
    await page.getByText('What may go wrong').click();
    await page.getByLabel('loses some requests').check();
    await call(OWN_PHONE);
    await pressKeys(`${PIN}#`);
    await recording();
    await page.getByLabel('Say a file').setInputFiles(audioFile);
    await conversation().getByText('Spoke for 5.0 s').waitFor();
    await pressKeys('#');
    await conversation().getByText('something went wrong on our side').first().waitFor();
    await recording();
  });

  test.each(['light', 'dark'] as const)(
    'no axe violations, nothing wider than the window (%s)',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await call(OWN_PHONE);
      const axe = await readAxe();
      const violations = await page.evaluate(async (source) => {
        // The page's policy lets no foreign script in, but this runs in its world.
        new Function(source)();
        const { axe: run } = window as unknown as {
          axe: { run(): Promise<{ violations: { id: string }[] }> };
        };
        return (await run.run()).violations.map(({ id }) => id);
      }, axe);
      expect(violations).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    },
  );
});

async function readAxe(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}
