import { inTransaction } from '../../platform/database/in-transaction.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  PHONE_SETTING,
  type PhoneSettings,
  savePhoneSettings,
} from '../../transcription/intake/phone-settings.ts';

/** Saves the company's settings, with the audit. Calls under way keep the keys that they began with. */
export async function saveSettings(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  settings: PhoneSettings,
  actorId: string,
): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    await savePhoneSettings(client, settings);
    await client.query(
      `insert into audit_entry (id, at, actor_id, action, subject_type, subject_id)
       values ($1, $2, $3, 'phone.settings_changed', 'phone_settings', $4)`,
      [newId(), clock.now(), actorId, PHONE_SETTING],
    );
  });
}
