/**
 * SQL: what each report of a set speaks of, once a report: rows (report_id, dimension, key) with the dimensions
 * `code`, `product` and `competitor`. What a person refused and units that are not in force do not count. Codes of
 * greetings count like any other; who shows them decides.
 *
 * `reports` is a subquery that gives report ids.
 */
export function mentions(reports: string): string {
  return `
    select unit.report_id, 'code' as dimension, code.code_key as key
    from thought_unit as unit
    join unit_code as code on code.unit_id = unit.id and code.certainty <> 'refused'
    where unit.report_id in (${reports}) and not unit.retired
    union
    select value.report_id,
           case value.field when 'product' then 'product' else 'competitor' end,
           ${FIELD_KEY}
    from field_value as value
    where value.report_id in (${reports}) and value.certainty <> 'refused'
      and value.field in ('product', 'competitor', 'new_competitor')`;
}

/** SQL: the vocabulary's id of a product or competitor, or its name when it has none. Needs the row `value`. */
export const FIELD_KEY = `case jsonb_typeof(value.value) when 'string' then value.value #>> '{}' else value.display end`;
