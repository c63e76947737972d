import type { Platform } from '../../platform/platform.ts';

/** What the workbench does by itself while somebody types; each person has their own. */
export const TYPING_SWITCHES = [
  {
    key: 'expansions',
    label: 'Short forms are typed out',
    note: 'After a blank or a punctuation mark. Ctrl+Z or Backspace takes it back.',
  },
  { key: 'fullStop', label: 'Two blanks are a full stop', note: 'And the next word begins with a capital.' },
  {
    key: 'capitals',
    label: 'Sentences begin with a capital',
    note: 'After . ? ! and at the start of a paragraph.',
  },
  { key: 'punctuation', label: 'No blank before a comma', note: 'Nor before ; : ? and !' },
  { key: 'dashes', label: 'Two hyphens are a long dash', note: 'he said--no is he said—no.' },
  {
    key: 'spelling',
    label: 'Spelling is checked',
    note: 'Names of your company are known; the browser’s own check is off.',
  },
  {
    key: 'houseStyle',
    label: 'Figures, dates and money against the house style',
    note: 'A quiet line below; nothing is changed.',
  },
] as const;

export type TypingSwitch = (typeof TYPING_SWITCHES)[number]['key'];
export type TypingSwitches = Record<TypingSwitch, boolean>;

/** The switches of somebody's preferences; what was never set is on. Pure. */
export function readSwitches(preferences: unknown): TypingSwitches {
  const kept = (preferences as { typing?: Partial<Record<string, unknown>> } | null)?.typing;
  return Object.fromEntries(TYPING_SWITCHES.map(({ key }) => [key, kept?.[key] !== false])) as TypingSwitches;
}

/** Sets some of a person's switches and leaves the others, and all else in their preferences, as they are. */
export async function writeSwitches(
  { database }: Pick<Platform, 'database'>,
  userId: string,
  switches: Partial<TypingSwitches>,
): Promise<void> {
  // In: a person and some switches. Changes that part of one row. Locks it.
  await database.pool.query(
    `update app_user
     set preferences = jsonb_set(preferences, '{typing}', coalesce(preferences->'typing', '{}') || $2::jsonb)
     where id = $1`,
    [userId, JSON.stringify(switches)],
  );
}
