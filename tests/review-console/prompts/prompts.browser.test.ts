import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeWav } from '../../../transcription/audio/write-wav.ts';
import { tone } from '../../ivr/prompts/recorded/sounds.ts';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { axeViolations, type BrowserKit, createBrowserKit, overflowOf } from '../support/browser-kit.ts';

let kit: BrowserKit;
let page: Page;
let problems: string[];

async function choose(button: string, buffer: Buffer, name = 'words.wav'): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: button }).click(),
  ]);
  await chooser.setFiles({ name, mimeType: 'audio/wav', buffer });
}

describeWith(chromiumBrowser, 'the screen of prompts in a browser', () => {
  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 1 });
    ({ page, problems } = await kit.open('administrator'));
  });
  afterAll(() => kit.close());

  test('a recording is uploaded in place, played as callers hear it, and removed', {
    timeout: 60_000,
  }, async () => {
    await page.goto('/prompts?q=goodbye');
    const prompt = page.locator('#prompt-goodbye');
    await choose('Upload goodbye: Goodbye.', writeWav(8000, tone(0.3)));
    await prompt.getByText('In use from now on: 0.3 seconds').waitFor();
    expect(await prompt.locator('.badge').textContent()).toBe('recorded');
    expect(await page.locator('[data-prompt-tally]').textContent()).toContain('1 of');

    await prompt.getByRole('button', { name: 'Play the recording' }).click();
    await prompt.getByRole('button', { name: 'Hear it' }).click();
    await prompt.locator('[data-hear]:not([aria-pressed="true"])').waitFor();
    expect(await prompt.locator('[data-sounding]').count()).toBe(0);

    await prompt.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('A voice speaks these words again.').waitFor();
    expect(await page.locator('#prompt-goodbye .badge').textContent()).toBe('voice');
    expect(problems.splice(0)).toEqual([]);
  });

  test('what is refused is told where it was tried', async () => {
    await page.goto('/prompts');
    await choose('Upload goodbye: Goodbye.', Buffer.from('no sound at all'), 'notes.wav');
    const told = page.locator('#prompt-goodbye [data-told]');
    await told.getByText('can’t be read as WAV or MP3').waitFor();
    expect(await told.getAttribute('data-tone')).toBe('late');
    // The browser's console tells of every answer that is an error.
    expect(problems.splice(0)).toHaveLength(1);
  });

  test('a file larger than two megabytes comes through', { timeout: 60_000 }, async () => {
    await page.goto('/prompts');
    await choose('Upload goodbye: Goodbye.', writeWav(48_000, tone(25, 48_000)));
    await page.locator('#prompt-goodbye').getByText('25.0 seconds').waitFor();
    await page.locator('#prompt-goodbye').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('A voice speaks these words again.').waitFor();
    expect(problems.splice(0)).toEqual([]);
  });

  test('what a voice speaks is marked piece by piece while it is heard', { timeout: 60_000 }, async () => {
    await page.goto('/prompts?q=reference');
    const prompt = page.locator('#prompt-reference');
    await prompt.getByRole('button', { name: 'Hear it' }).click();
    await prompt.locator('.prompt-value[data-sounding]').waitFor();
    await prompt.getByRole('button', { name: 'Hear it' }).click();
    await prompt.locator('[data-hear]:not([aria-pressed="true"])').waitFor();
    expect(await page.locator('[data-sounding]').count()).toBe(0);
  });

  test.each(['/prompts?q=report', '/prompts?language=es-US&state=recorded', '/prompts?q=saved'])(
    'no fault of access, light or dark, wide or narrow: %s',
    { timeout: 60_000 },
    async (path) => {
      for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 390],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await page.goto(path);
        expect(await axeViolations(page)).toEqual([]);
        expect(await overflowOf(page)).toBe(0);
      }
      expect(problems.splice(0)).toEqual([]);
    },
  );
});
