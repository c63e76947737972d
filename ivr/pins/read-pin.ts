import type pg from 'pg';

/** What is looked at before a PIN is compared, read while its subjects are locked. */
export interface PinRead {
  /** Whose locks are held. */
  keys: string[];
  /** The latest time until which one of them has to wait. */
  blockedUntil: Date | null;
  /** Null when nobody who may call has this phone or short number. */
  user: PinUser | null;
}

export interface PinUser {
  id: string;
  pinHash: string;
  mustChange: boolean;
  /** Null: as the line does. */
  language: string | null;
  timeZone: string;
  keyMap: string | null;
}

interface PinRow {
  keys: string[];
  blockedUntil: Date | null;
  id: string | null;
  pinHash: string | null;
  mustChange: boolean;
  language: string | null;
  timeZone: string;
  keyMap: string | null;
}

/** Where the keys and the person come from: the state of a call that awaits a PIN, or arguments. */
const OF_CALL = `
  select coalesce((state ->> 'phoneOwnerId')::uuid,
      (select id from app_user where short_number = state ->> 'shortNumber')) as user_id,
    array(select jsonb_array_elements_text(
      case when jsonb_typeof(state -> 'pinKeys') = 'array' then state -> 'pinKeys' end)) as keys
  from call where id = $1`;
const OF_ARGUMENTS = `
  select coalesce($2::uuid, (select id from app_user where short_number = $3)) as user_id, $1::text[] as keys`;

const LOCK = (source: string) => `
  select pg_advisory_xact_lock(lock)
  from (select distinct hashtextextended(key, 0) as lock from (${source}) as asked, unnest(asked.keys) as key
    order by lock) as locks`;
const READ = (source: string) => `
  select asked.keys,
    (select max(blocked_until) from throttle where key = any(asked.keys)) as "blockedUntil",
    u.id, u.pin_hash as "pinHash", u.pin_must_change as "mustChange", u.language,
    u.time_zone as "timeZone", u.key_map as "keyMap"
  from (${source}) as asked
  left join app_user u on u.id = asked.user_id and u.active and u.pin_hash is not null`;

const OF_CALL_TEXTS = { lock: LOCK(OF_CALL), read: READ(OF_CALL) };
const OF_ARGUMENTS_TEXTS = { lock: LOCK(OF_ARGUMENTS), read: READ(OF_ARGUMENTS) };

/**
 * In: our id of a call whose row this transaction has locked, or is about to by a statement sent before. Out: what
 * its state asks for; no keys and nobody when it awaits no PIN. One round trip, shared with what is sent beside it.
 *
 * Locks: the subjects that `pinKeys` names, as throttle.ts's `lockSubjects` does, until the transaction ends. The
 * reading is a statement of its own: its snapshot is taken when the locks are held.
 */
export async function readPinOfCall(client: pg.ClientBase, callId: string): Promise<PinRead> {
  const { lock, read } = OF_CALL_TEXTS;
  const [, { rows }] = await Promise.all([
    client.query({ name: 'ivr-pin-lock-of-call', text: lock, values: [callId] }),
    client.query<PinRow>({ name: 'ivr-pin-read-of-call', text: read, values: [callId] }),
  ]);
  return toRead(rows[0]);
}

/** The same with keys and person as arguments. */
export async function readPin(
  client: pg.ClientBase,
  { keys, phoneOwnerId, shortNumber }: { keys: string[]; phoneOwnerId: string | null; shortNumber: string },
): Promise<PinRead> {
  const { lock, read } = OF_ARGUMENTS_TEXTS;
  const values = [keys, phoneOwnerId, shortNumber];
  const [, { rows }] = await Promise.all([
    client.query({ name: 'ivr-pin-lock', text: lock, values }),
    client.query<PinRow>({ name: 'ivr-pin-read', text: read, values }),
  ]);
  return toRead(rows[0]);
}

function toRead(row: PinRow | undefined): PinRead {
  if (row === undefined) return { keys: [], blockedUntil: null, user: null };
  const { keys, blockedUntil, id, pinHash, mustChange, language, timeZone, keyMap } = row;
  const user =
    id === null || pinHash === null ? null : { id, pinHash, mustChange, language, timeZone, keyMap };
  return { keys, blockedUntil, user };
}
