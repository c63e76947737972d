import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { until } from '../../support/until.ts';
import { useWorkbench } from './use-workbench.ts';
import type { WorkbenchKit } from './workbench-kit.ts';

vi.setConfig({ testTimeout: 120_000 });

/** What stands for the pedals on a desk: an Infinity pedal behind WebHID, and a gamepad. */
interface Desk {
  report(...bytes: number[]): void;
  pad: { buttons: { pressed: boolean }[] } | null;
  asked: number;
}

declare const desk: Desk;

describeWith(chromiumBrowser, 'foot pedals in a browser', () => {
  let kit: WorkbenchKit;
  let page: Page;
  useWorkbench((opened) => {
    ({ kit, page } = opened);
  });

  /** Before the page's own scripts: the devices, as a browser would show them. */
  async function putOnDesk({ allowed }: { allowed: boolean }): Promise<void> {
    await page.addInitScript((isAllowed) => {
      const device = Object.assign(new EventTarget(), {
        vendorId: 0x05f3,
        productId: 0x00ff,
        productName: 'VEC USB Footpedal',
        opened: false,
        async open() {
          device.opened = true;
        },
      });
      const own: Desk = {
        asked: 0,
        pad: null,
        report(...bytes) {
          const data = new DataView(Uint8Array.from(bytes).buffer);
          device.dispatchEvent(Object.assign(new Event('inputreport'), { data }));
        },
      };
      const hid = Object.assign(new EventTarget(), {
        getDevices: async () => (isAllowed ? [device] : []),
        async requestDevice() {
          own.asked += 1;
          return [device];
        },
      });
      Object.defineProperty(navigator, 'hid', { value: hid });
      Object.defineProperty(navigator, 'getGamepads', { value: () => [own.pad] });
      Object.assign(window, { desk: own });
    }, allowed);
  }
  const press = (...bytes: number[]) => page.evaluate((all) => desk.report(...all), bytes);
  const audio = () =>
    page.evaluate(() => {
      const { currentTime, paused } = document.querySelector('audio') ?? new Audio();
      return { at: currentTime, paused };
    });
  const plays = (is: boolean) =>
    until(async () => (await audio()).paused === !is, is ? 'the audio to play' : 'the audio to stop');
  const reached = (seconds: number) =>
    until(async () => (await audio()).at >= seconds, `the audio to reach ${seconds} s`);
  const openSetup = async () => {
    await page.keyboard.press('Control+,');
    await page.click('.listening >> text=Foot pedal');
    await page.waitForSelector('.pedal-setup');
  };
  const serverHas = (text: string) =>
    until(async () => {
      const { preferences } = await kit.platform.database.prisma.user.findUniqueOrThrow({
        where: { id: kit.company.userIds.transcriptionist },
      });
      return JSON.stringify(preferences).includes(text);
    }, `the server to have ${text}`);

  it('an Infinity pedal plays while it is held, steps back, winds, and lets one type', async () => {
    await putOnDesk({ allowed: true });
    const { jobId } = await kit.addJob({ seconds: 40 });
    await kit.open(page, jobId);
    await press(2, 0);
    await plays(true);
    await page.keyboard.type('Typed while it is held. ');
    await reached(2);
    await press(0, 0);
    await plays(false);
    expect(await page.inputValue('#text')).toBe('Typed while it is held. ');
    const paused = (await audio()).at;
    await press(2, 0);
    await plays(true);
    expect((await audio()).at).toBeLessThan(paused);
    // Forward while it is held, then on as before.
    const before = (await audio()).at;
    await press(6, 0);
    await reached(before + 4);
    expect((await audio()).paused).toBe(true);
    await press(2, 0);
    await plays(true);
    await press(0, 0);
    await plays(false);
    const far = (await audio()).at;
    await press(1, 0);
    await until(async () => (await audio()).at < far - 2, 'the audio to wind back');
    await press(0, 0);
    expect((await audio()).paused).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('text');
  });

  it('is asked for once, shows live what is pressed, and does what it is given', async () => {
    await putOnDesk({ allowed: false });
    const { jobId } = await kit.addJob({ seconds: 20 });
    await kit.open(page, jobId);
    await openSetup();
    expect(await page.textContent('.pedal-setup')).toContain('No Infinity pedal is connected');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.pedal-setup >> text=The Infinity pedal is connected');
    expect(await page.evaluate(() => desk.asked)).toBe(1);
    await press(4, 0);
    await page.waitForSelector('[data-trigger="hid:right"][data-pressed]');
    await press(0, 0);
    await page.waitForSelector('[data-trigger="hid:right"]:not([data-pressed])');
    await page.selectOption('[data-trigger="hid:right"] select', 'play');
    await page.selectOption('#pedal-mode', 'toggle');
    await serverHas('"hid:right":"play"');
    await page.keyboard.press('Escape');
    await press(4, 0);
    await press(0, 0);
    await plays(true);
    await press(4, 0);
    await press(0, 0);
    await plays(false);
    await openSetup();
    await page.selectOption('[data-trigger="hid:right"] select', 'forward');
    await page.selectOption('#pedal-mode', 'hold');
    await serverHas('"hid:right":"forward"');
  });

  it('may type keys: held they count once, and a window that loses the keyboard lets go', async () => {
    const { jobId } = await kit.addJob({ seconds: 20 });
    await kit.open(page, jobId);
    await openSetup();
    await page.click('text=Add a key');
    await page.keyboard.press('b');
    await page.waitForSelector('.pedal-setup >> text=It is needed for typing');
    await page.keyboard.press('F8');
    await page.waitForSelector('.pedal-setup >> text=no longer “Play and pause');
    expect(await page.inputValue('[data-trigger="key:F8"] select')).toBe('play');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.pedal-setup', { state: 'detached' });
    await page.keyboard.down('F8');
    await plays(true);
    // Chromium repeats a key that goes down again.
    await page.keyboard.down('F8');
    await page.keyboard.down('F8');
    await page.keyboard.type('Still typing. ');
    expect((await audio()).paused).toBe(false);
    await page.keyboard.up('F8');
    await plays(false);
    await page.keyboard.down('F8');
    await plays(true);
    await page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await plays(false);
    await page.keyboard.up('F8');
    expect(await page.inputValue('#text')).toBe('Still typing. ');
    await openSetup();
    await page.click('[data-trigger="key:F8"] >> text=Remove');
    await page.keyboard.press('Escape');
    await page.keyboard.press('F8');
    await plays(true);
    await page.keyboard.press('F8');
    await plays(false);
  });

  it('may be a gamepad, whose buttons show up by being pressed', async () => {
    await putOnDesk({ allowed: false });
    const { jobId } = await kit.addJob({ seconds: 20 });
    await kit.open(page, jobId);
    const button = (pressed: boolean) =>
      page.evaluate((is) => {
        desk.pad = { buttons: [{ pressed: false }, { pressed: is }] };
      }, pressed);
    await openSetup();
    await button(true);
    await page.evaluate(() => window.dispatchEvent(new Event('gamepadconnected')));
    await page.waitForSelector('[data-trigger="gamepad:1"][data-pressed]');
    await button(false);
    await page.waitForSelector('[data-trigger="gamepad:1"]:not([data-pressed])');
    await page.selectOption('[data-trigger="gamepad:1"] select', 'play');
    await page.keyboard.press('Escape');
    await button(true);
    await plays(true);
    await button(false);
    await plays(false);
    await serverHas('"gamepad:1":"play"');
  });
});
