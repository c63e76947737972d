import type pg from 'pg';
import { z } from 'zod';

/** Which keys do what while dictating, by name; ivr/flow/dictating/key-maps.ts has them. */
export const KEY_MAP_NAMES = ['standard', 'record_on_1', 'record_on_2'] as const;
export type KeyMapName = (typeof KEY_MAP_NAMES)[number];

/** The row of `setting` that holds them. */
export const PHONE_SETTING = 'phone';

const minutes = z
  .number()
  .int()
  .min(0)
  .max(24 * 60);

/** What a company decides for its lines. What is missing or makes no sense is as it comes. */
export const phoneSettingsSchema = z.object({
  keyMap: z.enum(KEY_MAP_NAMES).catch('standard'),
  /** How long after hanging up in mid-speech the next call may go on with it. 0: never. */
  resumeMinutes: minutes.catch(10),
  /** The same where the carrier says that the line failed. */
  resumeAfterFailureMinutes: minutes.catch(60),
  /** A dictation on hold is sent after so many hours. */
  holdHours: z
    .number()
    .int()
    .min(1)
    .max(14 * 24)
    .catch(24),
});

export type PhoneSettings = z.infer<typeof phoneSettingsSchema>;

export function parsePhoneSettings(value: unknown): PhoneSettings {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return phoneSettingsSchema.parse(isObject ? value : {});
}

/** One row, if there is one. Locks nothing. */
export async function readPhoneSettings(client: pg.Pool | pg.ClientBase): Promise<PhoneSettings> {
  const { rows } = await client.query<{ value: unknown }>({
    name: 'intake-phone-settings',
    text: 'select value from setting where key = $1',
    values: [PHONE_SETTING],
  });
  return parsePhoneSettings(rows[0]?.value);
}

/** The last one to save wins; done twice it changes nothing. */
export async function savePhoneSettings(
  client: pg.Pool | pg.ClientBase,
  settings: PhoneSettings,
): Promise<void> {
  await client.query(
    `insert into setting (key, value) values ($1, $2)
     on conflict (key) do update set value = excluded.value`,
    [PHONE_SETTING, JSON.stringify(settings)],
  );
}
