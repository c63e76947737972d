import { z } from 'zod';
import { whyKept } from '../browser/workbench/keys/kept-keys.ts';
import { COMMAND_IDS, type CommandId, PRESETS, type PresetId } from '../browser/workbench/keys/key-map.ts';
import { PEDAL_ACTIONS } from '../browser/workbench/pedal/pedal-actions.ts';

/*
 * How a person likes the workbench: keys, listening, foot pedal. It lies in the person's `preferences` under `workbench`,
 * where nothing else of them can be reached from here.
 */

const presets = Object.keys(PRESETS) as [PresetId, ...PresetId[]];
const isCommand = (id: string): id is CommandId => COMMAND_IDS.some((known) => known === id);

const ownKeys = z.record(z.string().max(40), z.array(z.string().min(1).max(40)).max(4));

const keys = z.object({ preset: z.enum(presets).default('dictaline'), own: ownKeys.default({}) });

const between = (low: number, high: number, usual: number) => z.number().min(low).max(high).default(usual);

const listening = z.object({
  speed: between(0.4, 2.5, 1),
  backStepSeconds: between(0, 5, 1.5),
  /** How far the keys back and forward go. */
  skipSeconds: between(1, 15, 3),
  againSeconds: between(2, 15, 5),
  loopSeconds: between(2, 30, 5),
  gainDb: between(0, 18, 0),
  filter: z.boolean().default(false),
  skipSilence: z.boolean().default(false),
});

const pedal = z.object({
  /** `hold`: plays while it is held; `toggle`: press to play, press to stop. */
  mode: z.enum(['hold', 'toggle']).default('hold'),
  /** "hid:left", "key:F13", "gamepad:0" and what they do. */
  pedals: z
    .record(
      z.string().regex(/^(hid:(left|middle|right)|key:.{1,40}|gamepad:\d{1,2})$/),
      z.enum(PEDAL_ACTIONS),
    )
    .refine((pedals) => Object.keys(pedals).length <= 24, 'too many pedals')
    .default({ 'hid:left': 'back', 'hid:middle': 'play', 'hid:right': 'forward' }),
});

/** As written: whole parts, those that change. */
export const workbenchPatch = z
  .object({ keys, listening, pedal })
  .partial()
  .superRefine((patch, context) => {
    for (const [id, names] of Object.entries(patch.keys?.own ?? {}))
      for (const name of names) {
        const why = isCommand(id) ? whyKept(name, id) : null;
        if (why) context.addIssue({ code: 'custom', path: ['keys', 'own', id], message: `${name}: ${why}` });
      }
  });

/** As answered: everything. */
export const workbenchPreferences = z.object({ keys, listening, pedal });

export type WorkbenchPreferences = z.infer<typeof workbenchPreferences>;

/** A part that an older version wrote, or nobody has yet, is as it is usual; the others stay. */
const kept = z.object({
  workbench: z
    .object({
      keys: keys.catch(() => keys.parse({})),
      listening: listening.catch(() => listening.parse({})),
      pedal: pedal.catch(() => pedal.parse({})),
    })
    .partial(),
});

/**
 * How somebody likes the workbench, from their row. Never fails. Keys of commands that are gone are left out: a map
 * outlives the version that it was made with.
 */
export function readWorkbenchPreferences(preferences: unknown): WorkbenchPreferences {
  const stored = kept.safeParse(preferences);
  const read = workbenchPreferences.parse({
    keys: {},
    listening: {},
    pedal: {},
    ...(stored.success && stored.data.workbench),
  });
  const own = Object.fromEntries(Object.entries(read.keys.own).filter(([id]) => isCommand(id)));
  return { ...read, keys: { ...read.keys, own } };
}
