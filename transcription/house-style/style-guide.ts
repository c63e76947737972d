import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import { GUIDE_VERSION_1 } from './guide/version-1.ts';
import { HOUSE_RULES } from './house-style.ts';

export interface GuideVersion {
  version: number;
  text: string;
  /** Keys of rules that the workbench does not go by. */
  rulesOff: string[];
  note: string;
  /** Null: as it came with the program, or somebody who is gone. */
  author: string | null;
  /** Null: as it came with the program. */
  createdAt: Date | null;
}

/** In force as long as nobody has written another. */
const SHIPPED: GuideVersion = {
  version: 1,
  text: GUIDE_VERSION_1,
  rulesOff: [],
  note: 'As installed',
  author: null,
  createdAt: null,
};

const MOST_LETTERS = 200_000;

const SELECT = `
  select guide.version, guide.text, guide.rules_off as "rulesOff", guide.note, author.name as author,
         guide.created_at as "createdAt"
  from style_guide_version as guide left join app_user as author on author.id = guide.author_id`;

/** In: nothing. Out: the version in force. Locks nothing. */
export async function readGuide({ database }: Pick<Platform, 'database'>): Promise<GuideVersion> {
  const { rows } = await database.pool.query<GuideVersion>({
    name: 'style-guide-in-force',
    text: `${SELECT} order by guide.version desc limit 1`,
  });
  return rows[0] ?? SHIPPED;
}

/** Every version, the newest first. */
export async function listGuideVersions({ database }: Pick<Platform, 'database'>): Promise<GuideVersion[]> {
  const { rows } = await database.pool.query<GuideVersion>(`${SELECT} order by guide.version desc`);
  return rows.length > 0 ? rows : [SHIPPED];
}

/** @throws NotFound there is no such version */
export async function readGuideVersion(
  platform: Pick<Platform, 'database'>,
  version: number,
): Promise<GuideVersion> {
  const found = (await listGuideVersions(platform)).find((one) => one.version === version);
  if (!found) throw new NotFound(`No version ${version} of the style guide`);
  return found;
}

export interface NewGuide {
  text: string;
  rulesOff: readonly string[];
  /** What is other, and why. */
  note: string;
  /** The version that it was written on. */
  base: number;
}

/**
 * A new version. The first change also writes down the version that came with the program, which a later program may
 * bring otherwise. The same again makes no second one.
 * @throws InvalidInput empty, too long or an unknown rule
 * @throws Conflict somebody else has written a version meanwhile
 */
export async function saveGuide(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  { text, rulesOff, note, base }: NewGuide,
  actorId: string,
): Promise<number> {
  const fault = findFault(text, rulesOff);
  if (fault) throw new InvalidInput('A style guide that can not be saved', { userMessage: fault });
  const off = [...new Set(rulesOff)].sort();
  return inTransaction(database.pool, async (client) => {
    // In: the new text. Adds one row (two the first time). One writer at a time.
    await client.query(`select pg_advisory_xact_lock(hashtextextended('style-guide', 0))`);
    const { rows } = await client.query<GuideVersion & { authorId: string | null }>(
      `${SELECT.replace('guide.note,', 'guide.note, guide.author_id as "authorId",')} order by guide.version desc limit 1`,
    );
    const newest = rows[0] ?? { ...SHIPPED, authorId: null };
    const isSame = newest.text === text && newest.rulesOff.toSorted().join() === off.join();
    if (isSame && (newest.version === base || newest.authorId === actorId)) return newest.version;
    if (newest.version !== base)
      throw new Conflict(`style guide ${newest.version} is newer than ${base}`, {
        userMessage: `${newest.author ?? 'Somebody'} has saved version ${newest.version} meanwhile. Your text is below; look at what changed, then save again.`,
      });
    const insert = `insert into style_guide_version (id, version, text, rules_off, note, author_id, created_at)
                    values ($1, $2, $3, $4, $5, $6, $7)`;
    const now = clock.now();
    if (rows.length === 0)
      await client.query(insert, [newId(), SHIPPED.version, SHIPPED.text, [], SHIPPED.note, null, now]);
    const version = newest.version + 1;
    const id = newId();
    await client.query(insert, [id, version, text, off, note.trim(), actorId, now]);
    await client.query(
      `insert into audit_entry (id, at, actor_id, action, subject_type, subject_id, detail)
       values ($1, $2, $3, 'style_guide.changed', 'style_guide', $4, $5)`,
      [newId(), now, actorId, id, JSON.stringify({ version })],
    );
    return version;
  });
}

function findFault(text: string, rulesOff: readonly string[]): string | null {
  if (text.trim() === '') return 'The guide is empty. Write at least one section.';
  if (text.length > MOST_LETTERS) return 'The guide is too long. Keep it below 200,000 letters.';
  const unknown = rulesOff.find((key) => !HOUSE_RULES.some((rule) => rule.key === key));
  return unknown ? `There is no rule ${unknown}.` : null;
}
