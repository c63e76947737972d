import type { Platform } from '../../platform/platform.ts';

export interface ExpansionRow {
  id: string;
  shortForm: string;
  text: string;
  /** The company's; else the person's own. */
  isCompany: boolean;
  createdBy: string | null;
  createdAt: Date;
  /** How often it was used: the person's own by the person, the company's by everybody. */
  uses: number;
  usedAt: Date | null;
}

/**
 * In: a person. Out: their own expansions and the company's with their use, by short form, own ones first. Locks
 * nothing.
 */
export async function loadExpansions(
  { database }: Pick<Platform, 'database'>,
  userId: string,
): Promise<ExpansionRow[]> {
  const { rows } = await database.pool.query<ExpansionRow>({
    name: 'expansions-of',
    text: `
      select expansion.id, expansion.short_form as "shortForm", expansion.text,
             expansion.owner_id is null as "isCompany", maker.name as "createdBy",
             expansion.created_at as "createdAt", coalesce(sum(used.uses), 0)::int as uses,
             max(used.used_at) as "usedAt"
      from text_expansion as expansion
      left join app_user as maker on maker.id = expansion.created_by_id
      left join expansion_use as used on used.expansion_id = expansion.id
      where expansion.owner_id = $1 or expansion.owner_id is null
      group by expansion.id, maker.name
      order by expansion.short_form, expansion.owner_id is null`,
    values: [userId],
  });
  return rows;
}

/** What is in force for a person: one text for each short form, their own before the company's. Pure. */
export function inForce<T extends Pick<ExpansionRow, 'shortForm' | 'isCompany'>>(rows: readonly T[]): T[] {
  const byShortForm = new Map<string, T>();
  for (const row of rows) {
    const known = byShortForm.get(row.shortForm);
    if (!known || (known.isCompany && !row.isCompany)) byShortForm.set(row.shortForm, row);
  }
  return [...byShortForm.values()];
}

/** Not used for so long counts as unused. */
const UNUSED_AFTER_MS = 60 * 24 * 3_600_000;

export function isUnused(
  { usedAt, createdAt }: Pick<ExpansionRow, 'usedAt' | 'createdAt'>,
  now: Date,
): boolean {
  return now.getTime() - (usedAt ?? createdAt).getTime() > UNUSED_AFTER_MS;
}
