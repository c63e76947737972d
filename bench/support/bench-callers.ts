import { hashPin } from '../../platform/auth/pins.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';

/** A rep who calls from a phone of their own. */
export interface BenchCaller {
  phone: string;
  pin: string;
}

const PIN = '730418';

/** Adds reps with phones; attempts at one rep's PIN go one after another, so a rush needs many of them. */
export async function addCallers(
  { config, database }: Pick<Platform, 'config' | 'database'>,
  count: number,
): Promise<BenchCaller[]> {
  // One hash serves all: hashing is slow on purpose.
  const pinHash = await hashPin(config.secret, PIN);
  const callers = Array.from({ length: count }, (_, index) => {
    const phone = `+1555020${String(index).padStart(4, '0')}`;
    return { id: newId(), phoneId: newId(), phone, email: `caller-${phone.slice(1)}@example.com` };
  });
  await database.pool.query(
    `with caller as (
       select * from jsonb_to_recordset($1::jsonb) as caller(id uuid, "phoneId" uuid, phone text, email text)
     ), new_user as (
       insert into app_user (id, email, name, roles, pin_hash)
       select id, email, 'Rep ' || phone, '{rep}', $2 from caller
     )
     insert into user_phone (id, user_id, number) select "phoneId", id, phone from caller`,
    [JSON.stringify(callers), pinHash],
  );
  return callers.map(({ phone }) => ({ phone, pin: PIN }));
}
