import type pg from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { InvalidInput, NotFound } from '../../platform/errors.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import { readExpansion } from './short-form.ts';

type Writing = Pick<Platform, 'database' | 'clock'>;

/** Whose: null is the company's. */
export interface Ownership {
  ownerId: string | null;
  actorId: string;
}

/** In SQL: the key of who has it, since null is equal to nothing. */
const OWNER_KEY = `coalesce(owner_id, '00000000-0000-0000-0000-000000000000'::uuid)`;

/** A short form with its text; known already it gets the new text. @throws InvalidInput in words for the person */
export async function putExpansion(
  platform: Writing,
  typed: { shortForm: string; text: string },
  { ownerId, actorId }: Ownership,
): Promise<{ id: string; shortForm: string; text: string }> {
  const read = readExpansion(typed);
  if (!read.ok) throw new InvalidInput('An expansion that can not be kept', { userMessage: read.fault });
  const { shortForm, text } = read;
  const id = await inTransaction(platform.database.pool, async (client) => {
    const written = await write(client, { shortForm, text }, ownerId, actorId, platform.clock.now());
    if (ownerId === null && written.isChange)
      await note(client, 'expansion.changed', written.id, actorId, platform.clock.now());
    return written.id;
  });
  return { id, shortForm, text };
}

export interface ImportedExpansions {
  added: number;
  changed: number;
}

/** Many at once, all or none; what is there already gets the new text. They were read by `readExpansion`. */
export function importExpansions(
  platform: Writing,
  rows: readonly { shortForm: string; text: string }[],
  { ownerId, actorId }: Ownership,
): Promise<ImportedExpansions> {
  return inTransaction(platform.database.pool, async (client) => {
    const now = platform.clock.now();
    const counts = { added: 0, changed: 0 };
    // In one order, so that two imports at once wait for each other instead of for ever.
    for (const row of rows.toSorted((a, b) => (a.shortForm < b.shortForm ? -1 : 1))) {
      const { isNew, isChange, id } = await write(client, row, ownerId, actorId, now);
      if (isNew) counts.added += 1;
      else if (isChange) counts.changed += 1;
      if (ownerId === null && isChange) await note(client, 'expansion.changed', id, actorId, now);
    }
    return counts;
  });
}

async function write(
  client: pg.ClientBase,
  { shortForm, text }: { shortForm: string; text: string },
  ownerId: string | null,
  actorId: string,
  now: Date,
): Promise<{ id: string; isNew: boolean; isChange: boolean }> {
  // In: one expansion. Adds it, or changes its text if it differs. Locks that row.
  const { rows } = await client.query<{ id: string; isNew: boolean }>(
    `insert into text_expansion (id, owner_id, short_form, text, created_by_id, created_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (${OWNER_KEY}, short_form) do update
       set text = excluded.text, created_by_id = excluded.created_by_id
       where text_expansion.text is distinct from excluded.text
     returning id, xmax = 0 as "isNew"`,
    [newId(), ownerId, shortForm, text, actorId, now],
  );
  const [row] = rows;
  if (row) return { ...row, isChange: true };
  const { rows: known } = await client.query<{ id: string }>(
    `select id from text_expansion where ${OWNER_KEY} = coalesce($1::uuid, '00000000-0000-0000-0000-000000000000')
       and short_form = $2`,
    [ownerId, shortForm],
  );
  const id = known[0]?.id;
  if (!id) throw new NotFound('the expansion was removed meanwhile');
  return { id, isNew: false, isChange: false };
}

/**
 * It is not typed out any more. Gone already is gone.
 * @throws NotFound it is another person's, or the company's and `mayCompany` is false
 */
export async function removeExpansion(
  { database, clock }: Writing,
  id: string,
  { actorId, mayCompany }: { actorId: string; mayCompany: boolean },
): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<{ ownerId: string | null }>(
      `select owner_id as "ownerId" from text_expansion where id = $1 for update`,
      [id],
    );
    const [row] = rows;
    if (!row) return;
    if (row.ownerId === null ? !mayCompany : row.ownerId !== actorId)
      throw new NotFound(`expansion ${id} is not theirs to remove`);
    await client.query('delete from text_expansion where id = $1', [id]);
    if (row.ownerId === null) await note(client, 'expansion.removed', id, actorId, clock.now());
  });
}

async function note(
  client: pg.ClientBase,
  action: string,
  id: string,
  actorId: string,
  now: Date,
): Promise<void> {
  await client.query(
    `insert into audit_entry (id, at, actor_id, action, subject_type, subject_id)
     values ($1, $2, $3, $4, 'text_expansion', $5)`,
    [newId(), now, actorId, action, id],
  );
}

export interface CountedUse {
  id: string;
  uses: number;
}

/**
 * How often somebody used which expansions since a sitting at the workbench began. Told again, or in another order, the
 * highest number counts. Those that are gone are left out.
 */
export async function countUses(
  { database, clock }: Writing,
  { userId, sittingId, uses }: { userId: string; sittingId: string; uses: readonly CountedUse[] },
): Promise<void> {
  // In: totals of one sitting. Adds or raises a row for each expansion that the person can use. Locks those rows.
  await database.pool.query(
    `insert into expansion_use (expansion_id, sitting_id, user_id, uses, used_at)
     select expansion.id, $2, $3, told.uses, $4
     from jsonb_to_recordset($1) as told (id uuid, uses int)
     join text_expansion as expansion on expansion.id = told.id
      and (expansion.owner_id = $3 or expansion.owner_id is null)
     order by expansion.id
     on conflict (expansion_id, sitting_id) do update
       set uses = excluded.uses, used_at = excluded.used_at
       where expansion_use.uses < excluded.uses and expansion_use.user_id = excluded.user_id`,
    [JSON.stringify(uses), sittingId, userId, clock.now()],
  );
}
