import { conditionsOf } from '../../insight/search/conditions.ts';
import type { ParsedQuery } from '../../insight/search/parse-query.ts';
import type { SignedInUser } from '../../platform/auth/signed-in-user.ts';
import type { Database } from '../../platform/database/database.ts';

export interface ProductCount {
  key: string;
  label: string;
  units: number;
}

const MOST = 6;

/**
 * Which products the reports of the found units speak of. A sentence seldom names the product that it is about, so
 * the report's products count, each unit once for each.
 *
 * In: a parsed search and who looks. Out: products with the number of found units in reports that mention them, the
 * most first. Locks nothing.
 */
export async function countProducts(
  { pool }: Pick<Database, 'pool'>,
  viewer: Pick<SignedInUser, 'id' | 'roles' | 'timeZone'>,
  query: ParsedQuery,
): Promise<ProductCount[]> {
  const { where, parameters } = conditionsOf(query, viewer, viewer.timeZone);
  const { rows } = await pool.query<ProductCount>(
    `select coalesce(product.external_id, said.display) as key, coalesce(product.name, said.display) as label,
            count(distinct unit.id)::int as units
     from thought_unit as unit
     join report on report.id = unit.report_id
     left join app_user as speaker on speaker.id = report.speaker_id
     left join account on account.id = report.account_id
     join field_value as said
       on said.report_id = report.id and said.field = 'product' and said.certainty <> 'refused'
     left join product on to_jsonb(product.external_id) = said.value
     where ${where}
     group by 1, 2 order by units desc, label limit ${MOST}`,
    parameters,
  );
  return rows;
}
