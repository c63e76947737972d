import type { Trigger } from './pedal-actions.ts';

/** The Infinity foot pedal of VEC: three switches, told in the first byte of its only report. */
const VEC = { vendorId: 0x05f3, productId: 0x00ff } as const;
const BITS = { left: 0b001, middle: 0b010, right: 0b100 } as const;

/** The part of WebHID that a pedal needs; TypeScript's library does not know it. */
export interface HidDevice extends EventTarget {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly opened: boolean;
  open(): Promise<void>;
}

export interface Hid extends EventTarget {
  /** Those that the person has allowed before. */
  getDevices(): Promise<HidDevice[]>;
  /** Asks the person; needs a click or a key. Empty when they choose none. */
  requestDevice(options: {
    filters: readonly { vendorId: number; productId: number }[];
  }): Promise<HidDevice[]>;
}

/** Which pedals are down, from a report of the Infinity pedal (without the report's id, as WebHID gives it). */
export function decodeVecReport(report: DataView): Trigger[] {
  const bits = report.byteLength > 0 ? report.getUint8(0) : 0;
  return Object.entries(BITS)
    .filter(([, bit]) => (bits & bit) !== 0)
    .map(([name]) => `hid:${name}`);
}

export interface HidPedal {
  /** 'absent': the browser can't. 'held': another program has it, or the computer does not allow it. */
  readonly state: 'absent' | 'none' | 'connected' | 'held';
  /** Asks for the browser's permission, once; later visits find the pedal by themselves. */
  connect(): Promise<void>;
}

/** Follows the pedal from when it is there, or allowed, or plugged in again. `onDown` gets all that are down. */
export function followHidPedal(
  hid: Hid | undefined,
  onDown: (down: readonly Trigger[]) => void,
  onState: () => void,
): HidPedal {
  let state: HidPedal['state'] = hid ? 'none' : 'absent';
  let current: HidDevice | null = null;
  const isPedal = ({ vendorId, productId }: HidDevice) =>
    vendorId === VEC.vendorId && productId === VEC.productId;

  function onReport(event: Event): void {
    if ('data' in event && event.data instanceof DataView) onDown(decodeVecReport(event.data));
  }

  async function use(device: HidDevice | undefined): Promise<void> {
    if (!device || device === current) return;
    current?.removeEventListener('inputreport', onReport);
    current = device;
    device.addEventListener('inputreport', onReport);
    try {
      if (!device.opened) await device.open();
      state = 'connected';
    } catch {
      current = null;
      device.removeEventListener('inputreport', onReport);
      state = 'held';
    }
    onState();
  }

  const deviceOf = (event: Event): HidDevice | undefined =>
    'device' in event && isPedal(event.device as HidDevice) ? (event.device as HidDevice) : undefined;
  hid?.addEventListener('connect', (event) => void use(deviceOf(event)));
  hid?.addEventListener('disconnect', (event) => {
    if (!current || deviceOf(event) !== current) return;
    current.removeEventListener('inputreport', onReport);
    current = null;
    state = 'none';
    onDown([]);
    onState();
  });
  // What the person has allowed once is there again without asking.
  hid
    ?.getDevices()
    .then((devices) => use(devices.find(isPedal)))
    .catch(() => undefined);

  return {
    get state() {
      return state;
    },
    async connect() {
      const [device] = (await hid?.requestDevice({ filters: [VEC] })) ?? [];
      await use(device);
    },
  };
}
