import { createHash } from 'node:crypto';
import type pg from 'pg';
import { weaknessOf } from '../../platform/auth/pin-rules.ts';
import { hashPin, verifyPin } from '../../platform/auth/pins.ts';
import { newId } from '../../platform/new-id.ts';
import type { ChosenPin, LoginInput } from '../flow/login/types.ts';

interface NewPin {
  secret: string;
  userId: string;
  /** Digits. */
  pin: string;
}

type Checked = Extract<LoginInput, { kind: 'new_pin_fine' | 'new_pin_refused' | 'pin_not_saved' }>;
type Saved = Extract<LoginInput, { kind: 'pin_saved' | 'pin_differs' | 'pin_not_saved' }>;

/** Whether a person who may call may have this PIN; if so, what the call remembers of it. Locks nothing. */
export async function checkNewPin(client: pg.ClientBase, { secret, userId, pin }: NewPin): Promise<Checked> {
  const { rows } = await client.query<{ pinHash: string; shortNumber: string | null; phones: string[] }>({
    name: 'ivr-pin-owner',
    text: `
      select pin_hash as "pinHash", short_number as "shortNumber",
        array(select number from user_phone where user_id = u.id) as phones
      from app_user u where id = $1 and active and pin_hash is not null`,
    values: [userId],
  });
  const [owner] = rows;
  if (owner === undefined) return { kind: 'pin_not_saved' };
  const weakness = weaknessOf(pin, owner);
  if (weakness !== null) return { kind: 'new_pin_refused', refusal: weakness };
  const [isSame, pinHash] = await Promise.all([verifyPin(secret, owner.pinHash, pin), hashPin(secret, pin)]);
  if (isSame) return { kind: 'new_pin_refused', refusal: 'same' };
  return { kind: 'new_pin_fine', chosen: { pinHash, replaces: digestOf(owner.pinHash) } };
}

/**
 * Takes the new PIN if the second entry is the first again, and if the person still has the PIN that it replaces:
 * one that an administrator issued meanwhile, to lock somebody out, stays. Done twice it changes nothing twice.
 */
export async function saveNewPin(
  client: pg.ClientBase,
  { secret, userId, pin, chosen, now }: NewPin & { chosen: ChosenPin; now: Date },
): Promise<Saved> {
  if (!(await verifyPin(secret, chosen.pinHash, pin))) return { kind: 'pin_differs' };
  const { rowCount } = await client.query({
    name: 'ivr-save-pin',
    text: `
      with changed as (
        update app_user set pin_hash = $2, pin_must_change = false
        where id = $1 and active and encode(sha256(pin_hash::bytea), 'base64') = $3
        returning id
      )
      insert into audit_entry (id, at, actor_id, action, subject_type, subject_id)
      select $4, $5, id, 'user.pin_changed', 'user', id::text from changed`,
    values: [userId, chosen.pinHash, chosen.replaces, newId(), now],
  });
  return { kind: rowCount === 1 ? 'pin_saved' : 'pin_not_saved' };
}

/** As `encode(sha256(…), 'base64')` of the database. */
function digestOf(pinHash: string): string {
  return createHash('sha256').update(pinHash).digest('base64');
}
