import { startOfDay } from '../today/days.ts';
import { VISIBLE, type Viewer, visibility } from '../viewer.ts';
import type { Filter, FilterKey, ParsedQuery } from './parse-query.ts';

export interface Conditions {
  /** SQL over the rows `unit`, `report`, `speaker` and `account` (the last two may be null). */
  where: string;
  /** $1 to $n, beginning with those of `VISIBLE`. */
  parameters: unknown[];
  /** Where in `parameters` the words are, as `$3`; null when there are none. */
  words: string | null;
}

/** SQL and parameters for a parsed query; nothing that was typed becomes part of the SQL. */
export function conditionsOf(query: ParsedQuery, viewer: Viewer, timeZone: string): Conditions {
  const parameters: unknown[] = [...visibility(viewer)];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = [VISIBLE, 'not unit.retired'];
  let words: string | null = null;
  if (query.words !== '') {
    words = `${parameter(query.words)}::text`;
    conditions.push(`unit.search @@ websearch_to_tsquery('english', ${words})`);
  }
  if (query.from !== null)
    conditions.push(`report.called_at >= ${parameter(startOfDay(query.from, timeZone))}`);
  if (query.until !== null)
    conditions.push(`report.called_at < ${parameter(startOfDay(query.until, timeZone))}`);
  for (const filter of query.filters) conditions.push(filterCondition(filter, parameter));
  return { where: conditions.join('\n  and '), parameters, words };
}

/** Gives the placeholder of a filter's values; each becomes a parameter only where it is used. */
interface Values {
  /** In lower case, compared whole. */
  exact(): string;
  /** Patterns for a part of a name. */
  like(): string;
}

function filterCondition(filter: Filter, parameter: (value: unknown) => string): string {
  const condition = FILTERS[filter.key]({
    exact: once(() => `${parameter(filter.values.map((value) => value.toLowerCase()))}::text[]`),
    like: once(() => `${parameter(filter.values.map((value) => `%${escapeLike(value)}%`))}::text[]`),
  });
  return filter.negated ? `not coalesce((${condition}), false)` : `(${condition})`;
}

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

const FILTERS: Record<FilterKey, (values: Values) => string> = {
  code: ({ exact }) => `
    exists (
      select from unit_code
      where unit_code.unit_id = unit.id and unit_code.certainty <> 'refused'
        and (lower(unit_code.code_key) = any(${exact()})
          or unit_code.code_key in (select key from code where lower(label) = any(${exact()}))
          -- What a code was merged into is found by the merged code's names, too: saved searches go on.
          or unit_code.code_key in (
            select merge ->> 'into'
            from (select merges from codebook order by version desc limit 1) as in_force
            cross join lateral jsonb_array_elements(in_force.merges) as merge
            where merge ->> 'from' in (
              select key from code where lower(label) = any(${exact()}) or lower(key) = any(${exact()})))))`,
  rep: ({ exact, like }) =>
    `lower(speaker.external_id) = any(${exact()}) or speaker.name ilike any(${like()})`,
  customer: ({ exact, like }) => `
    lower(account.external_id) = any(${exact()}) or account.name ilike any(${like()})
    or exists (select from unnest(account.aliases) as alias where lower(alias) = any(${exact()}))`,
  region: ({ exact }) => `lower(report.region) = any(${exact()})`,
  person: ({ like }) => `
    exists (
      select from report_contact left join contact on contact.id = report_contact.contact_id
      where report_contact.report_id = report.id
        and coalesce(contact.name, report_contact.new_name) ilike any(${like()}))`,
  product: (values) => mentioned(`'product'`, 'product', values),
  competitor: (values) => mentioned(`'competitor', 'new_competitor'`, 'competitor', values),
};

/** The unit mentions it; a value that belongs to no unit counts for the whole report. */
function mentioned(fields: string, vocabulary: 'product' | 'competitor', { exact, like }: Values): string {
  return `exists (
      select from field_value as value
      where value.report_id = report.id and value.field in (${fields}) and value.certainty <> 'refused'
        and (value.unit_id = unit.id or value.unit_id is null)
        and (value.display ilike any(${like()})
          or value.value in (
            select to_jsonb(term.external_id) from ${vocabulary} as term
            where term.name ilike any(${like()}) or lower(term.external_id) = any(${exact()})
              or exists (select from unnest(term.aliases) as alias where lower(alias) = any(${exact()})))))`;
}
