import { describe, expect, it } from 'vitest';
import { buttonsDown } from '../../../review-console/browser/workbench/pedal/gamepad-pedal.ts';
import {
  decodeVecReport,
  followHidPedal,
  type Hid,
  type HidDevice,
} from '../../../review-console/browser/workbench/pedal/hid-pedal.ts';
import {
  createFeet,
  type PedalAction,
} from '../../../review-console/browser/workbench/pedal/pedal-actions.ts';
import { until } from '../../support/until.ts';

const report = (...bytes: number[]) => new DataView(Uint8Array.from(bytes).buffer);

describe('reports of the Infinity pedal', () => {
  it.each([
    [[0b000, 0], []],
    [[0b001, 0], ['hid:left']],
    [[0b010, 0], ['hid:middle']],
    [[0b100, 0], ['hid:right']],
    [
      [0b011, 0],
      ['hid:left', 'hid:middle'],
    ],
    [[0b111], ['hid:left', 'hid:middle', 'hid:right']],
    [[0b1111_1000, 7], []],
    [[], []],
  ])('%j', (bytes, down) => {
    expect(decodeVecReport(report(...bytes))).toEqual(down);
  });
});

/** Stands for the pedal on the desk, which no test has. */
class Device extends EventTarget implements HidDevice {
  readonly vendorId: number = 0x05f3;
  readonly productId: number = 0x00ff;
  readonly productName = 'VEC USB Footpedal';
  opened = false;
  readonly refuses: boolean;
  constructor(refuses = false) {
    super();
    this.refuses = refuses;
  }
  async open() {
    if (this.refuses) throw new Error('held by another program');
    this.opened = true;
  }
  send(...bytes: number[]) {
    this.dispatchEvent(Object.assign(new Event('inputreport'), { data: report(...bytes) }));
  }
}

class Bus extends EventTarget implements Hid {
  readonly allowed: HidDevice[];
  readonly asked: HidDevice[];
  constructor(allowed: HidDevice[], asked: HidDevice[] = []) {
    super();
    this.allowed = allowed;
    this.asked = asked;
  }
  async getDevices() {
    return this.allowed;
  }
  async requestDevice({ filters }: Parameters<Hid['requestDevice']>[0]) {
    return this.asked.filter((device) =>
      filters.some(
        ({ vendorId, productId }) => vendorId === device.vendorId && productId === device.productId,
      ),
    );
  }
  tell(name: 'connect' | 'disconnect', device: HidDevice) {
    this.dispatchEvent(Object.assign(new Event(name), { device }));
  }
}

function follow(bus: Bus | undefined) {
  const downs: string[] = [];
  const pedal = followHidPedal(
    bus,
    (down) => downs.push(down.join(' ')),
    () => {},
  );
  return { pedal, downs, connected: () => until(async () => pedal.state === 'connected', 'the pedal') };
}

describe('an Infinity pedal', () => {
  it('that was allowed once is there again without asking', async () => {
    const device = new Device();
    const { downs, connected } = follow(new Bus([device]));
    await connected();
    device.send(2, 0);
    device.send(0, 0);
    expect(downs).toEqual(['hid:middle', '']);
  });

  it('is asked for by a button, and only it', async () => {
    const other = Object.assign(new Device(), { productId: 0x1234 });
    const device = new Device();
    const { pedal, downs } = follow(new Bus([other], [other, device]));
    expect(pedal.state).toBe('none');
    await pedal.connect();
    expect(pedal.state).toBe('connected');
    expect(other.opened).toBe(false);
    device.send(1);
    expect(downs).toEqual(['hid:left']);
  });

  it('pulled out while it is held lets go, and works when it is plugged in again', async () => {
    const device = new Device();
    const bus = new Bus([device]);
    const { pedal, downs, connected } = follow(bus);
    await connected();
    device.send(2);
    bus.tell('disconnect', device);
    expect(downs).toEqual(['hid:middle', '']);
    expect(pedal.state).toBe('none');
    device.send(2);
    expect(downs).toHaveLength(2);
    bus.tell('connect', device);
    await connected();
    device.send(4);
    expect(downs.at(-1)).toBe('hid:right');
  });

  it('that another program has is told so; nobody choosing one is nothing', async () => {
    const { pedal } = follow(new Bus([], [new Device(true)]));
    await pedal.connect();
    expect(pedal.state).toBe('held');
    const none = follow(new Bus([], []));
    await none.pedal.connect();
    expect(none.pedal.state).toBe('none');
    expect(follow(undefined).pedal.state).toBe('absent');
  });
});

describe('gamepads', () => {
  it('are pedals by their buttons, whichever pad they are on', () => {
    const pad = (...pressed: boolean[]) => ({ buttons: pressed.map((is) => ({ pressed: is })) });
    expect(buttonsDown([null, pad(false, true), pad(true, true, false)])).toEqual(['gamepad:1', 'gamepad:0']);
    expect(buttonsDown([null, null])).toEqual([]);
  });
});

describe('feet', () => {
  const pedals: Record<string, PedalAction> = {
    l: 'back',
    m: 'play',
    r: 'forward',
    again: 'again-slower',
    other: 'play',
  };
  function feet(mode: 'hold' | 'toggle') {
    const did: string[] = [];
    return {
      did,
      ...createFeet(() => ({ mode, pedals }), {
        play: () => did.push('play'),
        pause: () => did.push('pause'),
        toggle: () => did.push('toggle'),
        wind: (direction) => did.push(`wind ${direction}`),
        run: (action) => did.push(action),
      }),
    };
  }

  it('held plays, released stops, a key’s repetitions count once', () => {
    const { press, release, did } = feet('hold');
    press('m');
    press('m');
    press('m');
    release('m');
    release('m');
    expect(did).toEqual(['play', 'pause']);
  });

  it('may be pressed to play and pressed to stop', () => {
    const { press, release, did } = feet('toggle');
    press('m');
    release('m');
    press('m');
    release('m');
    expect(did).toEqual(['toggle', 'toggle']);
  });

  it('wind while held, and back to what else is held', () => {
    const { press, release, did } = feet('hold');
    press('m');
    press('l');
    press('r');
    release('r');
    release('l');
    release('m');
    expect(did).toEqual(['play', 'wind -1', 'wind 1', 'wind -1', 'wind 0', 'pause']);
  });

  it('stop only when no play pedal is held any more', () => {
    const { press, release, did } = feet('hold');
    press('m');
    press('other');
    release('m');
    expect(did).toEqual(['play', 'play']);
    release('other');
    expect(did).toEqual(['play', 'play', 'pause']);
  });

  it('do other things once, and nothing where nothing is given', () => {
    const { press, release, did } = feet('hold');
    press('again');
    release('again');
    press('unknown');
    release('unknown');
    expect(did).toEqual(['again-slower']);
  });
});
