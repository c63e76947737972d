import type pg from 'pg';

/** Values that each report has in the ledger: of its account, its activity and a task. */
export const VALUES_A_REPORT = 8;

interface Fill {
  connectorId: string;
  reports: number;
  accounts: number;
  /** So many of the reports are of the first account; the others are shared out evenly. */
  ofTheBiggest: number;
  /** Urgent reports of accounts of their own, numbered from here on; absent: none of these is urgent. */
  urgentFrom?: number;
}

/**
 * Reports that are planned and wait for delivery, as planning leaves them behind: `products` of the account holds the
 * report's number, by which the played CRM tells the order.
 */
export async function fillLedger(
  pool: pg.Pool,
  { connectorId, reports, accounts, ofTheBiggest, urgentFrom }: Fill,
): Promise<void> {
  const from = urgentFrom ?? 0;
  await pool.query(
    `insert into line (id, number, purpose, name) values (gen_random_uuid(), '+15550100188', 'report', 'Reports')
     on conflict (number) do nothing`,
  );
  const account = `case when n - $1 <= $2 then 1 else 2 + (n % $3::int) end + $1::bigint * 1000000`;
  await pool.query(
    `insert into dictation (id, reference, line_id, status, submitted_at)
     select gen_random_uuid(), 'bench-' || n, line.id, 'transcribed', now()
     from generate_series($1::int + 1, $1::int + $2::int) as n, line where line.number = '+15550100188'`,
    [from, reports],
  );
  await pool.query(
    `with made as (
       insert into transcript (id, dictation_id, version, text)
       select gen_random_uuid(), id, 1, 'They need a pump.' from dictation
       where reference like 'bench-%' and id not in (select dictation_id from transcript)
       returning id, dictation_id
     )
     insert into report (id, dictation_id, transcript_id, called_at, urgent)
     select gen_random_uuid(), made.dictation_id, made.id,
            timestamptz '2026-03-02' + substr(dictation.reference, 7)::int * interval '1 second', $1
     from made join dictation on dictation.id = made.dictation_id`,
    [urgentFrom !== undefined],
  );
  await pool.query(
    `with numbered as (
       select report.id, substr(dictation.reference, 7)::int as n
       from report join dictation on dictation.id = report.dictation_id
       where dictation.reference like 'bench-%' and substr(dictation.reference, 7)::int > $1::int
     ), placed as (
       select *, ${account} as account from numbered
     )
     insert into sync_entry (id, connector_id, report_id, idempotency_key, object_type, external_key, target_field,
                             policy, desired, created_at, group_key, urgent)
     select gen_random_uuid(), $4, placed.id, 'bench-' || n || '-' || field.place, field.object_type,
            case field.object_type when 'account' then 'account-' || account
                                   when 'activity' then 'report-' || placed.id
                                   else 'report-' || placed.id || '-step-1' end,
            field.target_field, 'overwrite_ours',
            jsonb_build_object('value', case field.target_field when 'products' then jsonb_build_array(n::text)
                                        else to_jsonb('Said in report ' || n || ': ' || repeat('they need a pump. ', 5)) end,
                               'display', '', 'source', 'report', 'unitId', null, 'confirmedById', null,
                               'recordName', 'Account ' || account, 'links', '[]'::jsonb),
            now() + n * interval '1 millisecond', md5('account ' || account)::uuid, $5
     from placed cross join (values
       (1, 'account', 'products'), (2, 'account', 'stage'), (3, 'account', 'needs'),
       (4, 'activity', 'text'), (5, 'activity', 'rep'), (6, 'activity', 'kind'),
       (7, 'task', 'what'), (8, 'task', 'rep')) as field(place, object_type, target_field)`,
    [from, ofTheBiggest, accounts - 1 || 1, connectorId, urgentFrom !== undefined],
  );
}
