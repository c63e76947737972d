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

describeWith(chromiumBrowser, 'listening in a browser', () => {
  let kit: WorkbenchKit;
  let page: Page;
  useWorkbench((opened) => {
    ({ kit, page } = opened);
  });

  const audio = () =>
    page.evaluate(() => {
      const { currentTime, paused, playbackRate } = document.querySelector('audio') ?? new Audio();
      return { at: currentTime, paused, rate: playbackRate };
    });
  const reached = (seconds: number) =>
    until(async () => (await audio()).at >= seconds, `the audio to reach ${seconds} s`);
  const preferences = async () =>
    (
      await kit.platform.database.prisma.user.findUniqueOrThrow({
        where: { id: kit.company.userIds.transcriptionist },
      })
    ).preferences as { workbench?: { listening?: Record<string, unknown> } };
  async function jumpTo(seconds: number, duration: number): Promise<void> {
    await page.focus('#wave');
    await page.keyboard.press('Home');
    for (let at = 0; at + 10 <= seconds && at + 10 < duration; at += 10) await page.keyboard.press('PageUp');
    for (let at = 0; at < seconds % 10; at += 1) await page.keyboard.press('ArrowRight');
    await until(
      async () => Math.abs((await audio()).at - seconds) < 0.3,
      `the audio to stand at ${seconds} s`,
    );
    await page.focus('#text');
  }

  it('repeats, plays slower, winds and goes on, all by keyboard and never out of the text', async () => {
    const { jobId } = await kit.addJob({ seconds: 40 });
    await kit.open(page, jobId);
    await page.waitForSelector('#wave canvas');
    await jumpTo(20, 40);

    // That again, slower: three quarters of the speed until where it began, then the former speed by itself.
    await page.keyboard.press('F7');
    const slower = await audio();
    expect(slower.rate).toBeCloseTo(0.75);
    expect(slower.at).toBeLessThan(16);
    expect(await page.textContent('#speed')).toBe('1.0×');
    await page.evaluate(() => {
      const element = document.querySelector('audio');
      if (element) element.currentTime = 19.9;
    });
    await until(async () => (await audio()).rate === 1, 'the former speed');
    await page.keyboard.press('Escape');
    expect((await audio()).paused).toBe(true);

    // Pausing and resuming without typing does not creep back.
    await jumpTo(20, 40);
    await page.keyboard.press('F8');
    await reached(21);
    const resumed: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await page.keyboard.press('F8');
      await until(async () => (await audio()).paused, 'the pause');
      const before = (await audio()).at;
      await page.keyboard.press('F8');
      await until(async () => !(await audio()).paused, 'the audio to play on');
      resumed.push((await audio()).at - before);
      expect((await audio()).at).toBeGreaterThan(19.3);
    }
    expect(Math.min(...resumed)).toBeLessThan(0);

    // The last five seconds, over and over; Escape leaves it and goes on.
    await page.keyboard.press('Shift+F7');
    expect(await page.textContent('#sound')).toBe('repeats 5 s');
    const loopStart = (await audio()).at;
    await page.evaluate((start) => {
      const element = document.querySelector('audio');
      if (element) element.currentTime = start + 4.8;
    }, loopStart);
    await until(async () => (await audio()).at < loopStart + 2, 'the beginning again');
    await page.keyboard.press('Escape');
    expect(await page.textContent('#sound')).toBe('');
    expect((await audio()).paused).toBe(false);
    await page.keyboard.press('Escape');
    expect((await audio()).paused).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('text');
  });

  it('skips silence, tells how much, and shows it', async () => {
    const { jobId } = await kit.addJob({ seconds: 20 });
    await kit.open(page, jobId);
    await page.waitForSelector('#wave canvas');
    await page.keyboard.press('Shift+F4');
    expect(await page.textContent('#sound')).toBe('skips silence');
    // The hum pauses from 4.2 to 6.3 s.
    await jumpTo(4, 20);
    await page.keyboard.press('Escape');
    await page.waitForSelector('#skipped:has-text("s skipped")');
    expect((await audio()).at).toBeGreaterThan(5.5);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+F4');
    expect(await page.textContent('#sound')).toBe('');
    await jumpTo(4, 20);
    await page.keyboard.press('Escape');
    await reached(5);
    expect((await audio()).at).toBeLessThan(5.5);
    await page.keyboard.press('Escape');
  });

  it('is set by keys and in one dialog, goes on sounding, and is the same tomorrow', async () => {
    const { jobId } = await kit.addJob({ seconds: 20 });
    await kit.open(page, jobId);
    await page.keyboard.press('Shift+F2');
    await page.keyboard.press('Control+F10');
    await page.keyboard.press('Control+F10');
    expect(await page.textContent('#sound')).toBe('filter · +6 dB');
    await page.keyboard.press('Escape');
    await reached(1);
    await page.keyboard.press('Control+,');
    await page.waitForSelector('.listening');
    // The first slider has the focus.
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.textContent('#speed')).toBe('1.1×');
    expect((await audio()).rate).toBeCloseTo(1.1);
    await page.focus('#listening-backStepSeconds');
    await page.keyboard.press('End');
    await page.focus('#listening-gainDb');
    await page.keyboard.press('End');
    expect(await page.getAttribute('#listening-gainDb', 'aria-valuetext')).toBe('+18 dB');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.listening', { state: 'detached' });
    expect(await page.textContent('#sound')).toBe('filter · +18 dB');
    await until(
      async () => (await preferences()).workbench?.listening?.gainDb === 18,
      'the server to have the settings',
    );
    expect((await preferences()).workbench?.listening).toMatchObject({
      speed: 1.1,
      backStepSeconds: 5,
      filter: true,
    });
    const before = (await audio()).at;
    await reached(before + 0.5);
    await page.keyboard.press('Escape');
    await page.waitForSelector('#saved[data-phase="idle"]');
    await page.reload();
    await page.waitForSelector('#workbench[data-ready="write"]');
    expect(await page.textContent('#sound')).toBe('filter · +18 dB');
    expect(await page.textContent('#speed')).toBe('1.1×');
    await page.keyboard.press('Control+,');
    await page.click('text=As usual');
    await page.keyboard.press('Escape');
    expect(await page.textContent('#sound')).toBe('');
    await until(
      async () => (await preferences()).workbench?.listening?.gainDb === 0,
      'the server to have what is usual',
    );
  });

  // ── foot pedals ──
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
  const plays = (is: boolean) =>
    until(async () => (await audio()).paused === !is, is ? 'the audio to play' : 'the audio to stop');
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
