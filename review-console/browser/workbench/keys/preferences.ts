import type { WorkbenchPreferences } from '../../../preferences/workbench-preferences.ts';
import { PRESETS } from './key-map.ts';

type Part = keyof WorkbenchPreferences;
type Parts = Partial<WorkbenchPreferences>;

/** How this person likes the workbench. Theirs on the server; kept here too, so that it is there at once, offline too. */
export interface Preferences {
  readonly now: WorkbenchPreferences;
  /** Takes effect at once and reaches the server a moment later, or when it can be reached again. */
  change<P extends Part>(part: P, change: Partial<WorkbenchPreferences[P]>): void;
  /** Runs at once and after each change, also one that was made in another window. */
  follow(show: () => void): void;
}

export interface PreferencesParts {
  /** JSON that came with the page; newer than what is kept here, but for what was never sent. */
  fromPage: string;
  userId: string;
  storage: Storage;
  /** Resolves to false when the server refuses them; rejects when it can not be reached. */
  send(parts: Parts): Promise<boolean>;
  /** The window: tells when the network is back, the page goes away, another window writes. */
  events: EventTarget;
}

const MOMENT_MS = 400;
const AGAIN_MS = 15_000;
const FIELDS = ['keys', 'listening', 'pedal'] as const satisfies readonly Part[];

export function createPreferences(parts: PreferencesParts): Preferences {
  const { storage, events } = parts;
  const key = `dictaline.preferences.${parts.userId}`;
  const kept = readKept(storage, key);
  const followers: (() => void)[] = [];
  let unsent = new Set<Part>(kept?.unsent ?? []);
  let now = mixed(kept);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function mixed(from: Kept | null): WorkbenchPreferences {
    const fromPage = parsed(parts.fromPage);
    const base = isPreferences(fromPage) ? fromPage : from?.now;
    if (!base) throw new Error('the page came without preferences');
    return from ? { ...base, ...pick(from.now, from.unsent) } : base;
  }

  function keep(): void {
    try {
      storage.setItem(key, JSON.stringify({ now, unsent: [...unsent] } satisfies Kept));
    } catch {
      // A full or forbidden storage costs a preference made offline, nothing more.
    }
  }

  async function send(): Promise<void> {
    clearTimeout(timer);
    if (unsent.size === 0) return;
    const sent = pick(now, [...unsent]);
    try {
      await parts.send(sent);
      // What was changed again meanwhile is another object, and still to be sent.
      unsent = new Set([...unsent].filter((part) => now[part] !== sent[part]));
      keep();
      if (unsent.size > 0) later(MOMENT_MS);
    } catch {
      later(AGAIN_MS);
    }
  }

  function later(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void send(), ms);
  }

  function tell(): void {
    for (const show of followers) show();
  }

  events.addEventListener('online', () => void send());
  events.addEventListener('pagehide', () => void send());
  events.addEventListener('storage', (event) => {
    if (!(event instanceof StorageEvent) || event.key !== key) return;
    const other = readKept(storage, key);
    if (!other) return;
    now = other.now;
    tell();
  });
  keep();
  if (unsent.size > 0) later(0);

  return {
    get now() {
      return now;
    },
    change(part, change) {
      now = { ...now, [part]: { ...now[part], ...change } };
      unsent.add(part);
      keep();
      later(MOMENT_MS);
      tell();
    },
    follow(show) {
      followers.push(show);
      show();
    },
  };
}

interface Kept {
  now: WorkbenchPreferences;
  unsent: Part[];
}

function readKept(storage: Storage, key: string): Kept | null {
  const value = parsed(storage.getItem(key) ?? '');
  if (typeof value !== 'object' || value === null || !('now' in value) || !isPreferences(value.now))
    return null;
  const unsent = 'unsent' in value && Array.isArray(value.unsent) ? value.unsent : [];
  return { now: value.now, unsent: FIELDS.filter((part) => unsent.includes(part)) };
}

function parsed(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** The server's schema has seen everything before it came here; this tells ours from another version's. */
function isPreferences(value: unknown): value is WorkbenchPreferences {
  if (typeof value !== 'object' || value === null) return false;
  const { keys, listening, pedal } = value as Partial<WorkbenchPreferences>;
  return (
    typeof keys?.own === 'object' &&
    keys.preset in PRESETS &&
    ['speed', 'backStepSeconds', 'skipSeconds', 'againSeconds', 'loopSeconds', 'gainDb'].every(
      (name) => typeof listening?.[name as 'speed'] === 'number',
    ) &&
    typeof pedal?.pedals === 'object'
  );
}

function pick(from: WorkbenchPreferences, names: readonly Part[]): Parts {
  return Object.fromEntries(names.map((part) => [part, from[part]]));
}
