import { VISIBLE, type Viewer, visibility } from '../../insight/viewer.ts';
import type { Database } from '../../platform/database/database.ts';

export interface CustomerRow {
  id: string;
  name: string;
  city: string;
  state: string;
  region: string;
  lifecycle: string;
  /** Digits by which a rep names it on the phone. */
  shortNumber: string | null;
  owner: string | null;
  /** Of those that this person may see. */
  reports: number;
  lastAt: Date | null;
  total: number;
}

/**
 * Customers by name, with what this person may see of them. A rep's own and those they reported about come first.
 *
 * In: who looks, letters of a name or place or a short number, a page. Out: rows with the number of all that fit. Locks nothing.
 */
export async function listCustomers(
  { pool }: Pick<Database, 'pool'>,
  viewer: Viewer,
  { q, limit, offset }: { q: string; limit: number; offset: number },
): Promise<CustomerRow[]> {
  const pattern = q === '' ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await pool.query<CustomerRow>(
    `select account.id, account.name, account.city, account.state, account.region, account.lifecycle,
            account.short_number as "shortNumber", owner.name as owner, coalesce(said.reports, 0) as reports, said.last_at as "lastAt",
            count(*) over ()::int as total
     from account
     left join app_user as owner on owner.id = account.owner_id
     left join (
       select report.account_id, count(*)::int as reports, max(report.called_at) as last_at
       from report where ${VISIBLE} group by report.account_id) as said on said.account_id = account.id
     where account.active
       and ($3::text is null or account.name ilike $3 or account.city ilike $3 or account.region ilike $3
         or account.short_number = $6
         or exists (select from unnest(account.aliases) as alias where alias ilike $3))
     order by (not $1::boolean and (account.owner_id = $2::uuid or said.reports is not null)) desc,
              account.name, account.id
     limit $4 offset $5`,
    [...visibility(viewer), pattern, limit, offset, q],
  );
  return rows;
}
