import { inTransaction } from '../../platform/database/in-transaction.ts';
import { InvalidInput, NotFound } from '../../platform/errors.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';

export interface SpellingWordRow {
  id: string;
  word: string;
  isCompany: boolean;
  /** Whose own word it is. */
  owner: string | null;
  ownerId: string | null;
  proposedAt: Date | null;
}

/** In: a person. Out: their words, the company's, and all that are proposed to the company. Locks nothing. */
export async function listSpellingWords(
  { database }: Pick<Platform, 'database'>,
  userId: string,
): Promise<SpellingWordRow[]> {
  const { rows } = await database.pool.query<SpellingWordRow>({
    name: 'spelling-words-of',
    text: `
      select word.id, word.word, word.owner_id is null as "isCompany", owner.name as owner,
             word.owner_id as "ownerId", word.proposed_at as "proposedAt"
      from spelling_word as word left join app_user as owner on owner.id = word.owner_id
      where word.owner_id = $1 or word.owner_id is null or word.proposed_at is not null
      order by lower(word.word), word.word`,
    values: [userId],
  });
  return rows;
}

const WORD = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.&-]{0,59}$/u;
const OWNER_KEY = `coalesce(owner_id, '00000000-0000-0000-0000-000000000000'::uuid)`;

export interface NewWord {
  word: string;
  /** Null: the company's. */
  ownerId: string | null;
  /** One's own, and proposed to the company. */
  propose?: boolean;
}

/**
 * A word that is right from now on. Known already it stays; proposing it later is noted. The company's word settles the
 * proposals of it. @throws InvalidInput not one word
 */
export async function addSpellingWord(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  { word: typed, ownerId, propose = false }: NewWord,
  actorId: string,
): Promise<string> {
  const word = typed.trim().normalize('NFC').replaceAll('’', "'");
  if (!WORD.test(word))
    throw new InvalidInput('not a word', { userMessage: 'Give one word, without blanks.' });
  const now = clock.now();
  await inTransaction(database.pool, async (client) => {
    // In: one word. Adds it, or notes that it is proposed. Locks that row.
    const { rows } = await client.query<{ id: string }>(
      `insert into spelling_word (id, owner_id, word, proposed_at, created_at) values ($1, $2, $3, $4, $5)
       on conflict (${OWNER_KEY}, word) do update set proposed_at = excluded.proposed_at
         where spelling_word.proposed_at is null and excluded.proposed_at is not null
       returning id`,
      [newId(), ownerId, word, ownerId !== null && propose ? now : null, now],
    );
    if (ownerId !== null) return;
    await client.query(
      'update spelling_word set proposed_at = null where word = $1 and proposed_at is not null',
      [word],
    );
    const [added] = rows;
    if (added)
      await client.query(
        `insert into audit_entry (id, at, actor_id, action, subject_type, subject_id)
         values ($1, $2, $3, 'spelling_word.added', 'spelling_word', $4)`,
        [newId(), now, actorId, added.id],
      );
  });
  return word;
}

/**
 * One's own word goes; the company's too if one may; somebody's proposal is declined, and stays their own word. Gone
 * already is gone. @throws NotFound not theirs
 */
export async function removeSpellingWord(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  id: string,
  { actorId, mayCompany }: { actorId: string; mayCompany: boolean },
): Promise<void> {
  await inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<{ ownerId: string | null; proposedAt: Date | null }>(
      `select owner_id as "ownerId", proposed_at as "proposedAt" from spelling_word where id = $1 for update`,
      [id],
    );
    const [row] = rows;
    if (!row) return;
    if (row.ownerId === actorId) await client.query('delete from spelling_word where id = $1', [id]);
    else if (row.ownerId === null && mayCompany) {
      await client.query('delete from spelling_word where id = $1', [id]);
      await client.query(
        `insert into audit_entry (id, at, actor_id, action, subject_type, subject_id)
         values ($1, $2, $3, 'spelling_word.removed', 'spelling_word', $4)`,
        [newId(), clock.now(), actorId, id],
      );
    } else if (row.proposedAt && mayCompany)
      await client.query('update spelling_word set proposed_at = null where id = $1', [id]);
    else throw new NotFound(`word ${id} is not theirs to remove`);
  });
}
