import type { ClientBase } from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import type { CrmFieldValue } from '../connectors/connector.ts';
import { entryKey } from '../ledger/plan-entries.ts';
import { expectationsOf } from './expect.ts';
import { readEntries } from './read-entries.ts';

export type Remedy = 'write_ours' | 'accept_theirs' | 'ignore';

const ACCEPTED = 'A person accepted what the CRM says instead.';

/**
 * A person settles a finding:
 * - `write_ours`: what should be there is written once more, provided that the CRM still says what the person was shown
 *   (else it becomes a conflict), by entries of their own in the ledger;
 * - `accept_theirs`: the ledger does not count what it wrote as standing any more;
 * - `ignore`: it stays as it is, and is not told again until the CRM says something else.
 * Saying the same twice is success. Goes into the audit log.
 *
 * @returns a ledger entry that waits for delivery, to wake `deliverEntry` for; null when nothing is to be written.
 * @throws NotFound; Conflict: settled otherwise in the meantime; InvalidInput: a remedy that it doesn't have
 */
export async function settleFinding(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  { findingId, remedy, actorId }: { findingId: string; remedy: Remedy; actorId: string },
): Promise<{ waitingEntryId: string | null }> {
  return inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<Finding>(
      `select id, connector_id as "connectorId", kind::text, object_type as "objectType",
              external_key as "externalKey", target_field as "targetField", sync_entry_id as "syncEntryId", theirs,
              settled_at as "settledAt", remedy::text
       from reconciliation_finding where id = $1 for update`,
      [findingId],
    );
    const finding = rows[0];
    if (finding === undefined) throw new NotFound(`no finding ${findingId}`);
    if (finding.settledAt !== null) {
      if (finding.remedy === remedy || finding.remedy === 'vanished') return { waitingEntryId: null };
      throw new Conflict(`finding ${findingId} is settled by ${finding.remedy}`, {
        userMessage: 'Somebody else settled this in the meantime. Load the page again.',
      });
    }
    if (finding.kind === 'doubled' && remedy !== 'ignore')
      throw new InvalidInput('a doubled record is put right in the CRM', {
        userMessage: 'Merge the two records in the CRM, or delete one; the next pass closes this by itself.',
      });
    const now = clock.now();
    const entryIds = remedy === 'ignore' ? [] : await standingEntries(client, finding);
    const waitingEntryId =
      remedy === 'write_ours' ? await writeAgain(client, finding, entryIds, actorId, now) : null;
    if (remedy === 'accept_theirs')
      await client.query(
        `update sync_entry set status = 'skipped', last_error = $2
         where id = any($1::uuid[]) and status = 'written'`,
        [entryIds, ACCEPTED],
      );
    await client.query(
      `update reconciliation_finding set settled_at = $2, settled_by_id = $3, remedy = $4::finding_remedy where id = $1`,
      [findingId, now, actorId, remedy],
    );
    const { objectType, targetField } = finding;
    await client.query(
      `insert into audit_entry (id, at, actor_id, action, subject_type, subject_id, detail)
       values ($1, $2, $3, $4, 'sync_entry', $5, $6)`,
      [
        newId(now.getTime()),
        now,
        actorId,
        `finding.${remedy}`,
        finding.syncEntryId,
        JSON.stringify({ record: objectType, ...(targetField !== '' && { field: targetField }) }),
      ],
    );
    return { waitingEntryId };
  });
}

interface Finding {
  id: string;
  connectorId: string;
  kind: 'differs' | 'lacks' | 'gone' | 'doubled';
  objectType: string;
  externalKey: string;
  targetField: string;
  syncEntryId: string;
  theirs: CrmFieldValue;
  settledAt: Date | null;
  remedy: Remedy | 'vanished' | null;
}

/** Of a field the one write; of a record that is gone everything that should stand in it. */
async function standingEntries(client: ClientBase, finding: Finding): Promise<string[]> {
  const { connectorId, objectType, externalKey, syncEntryId } = finding;
  if (finding.kind !== 'gone') return [syncEntryId];
  const entries = await readEntries(client, { connectorId, objectType, keys: [externalKey] });
  return expectationsOf(entries.get(externalKey) ?? []).map(({ entryId }) => entryId);
}

/** Entries of their own, since the CRM may remember the keys of those that were written. @returns one of them. */
async function writeAgain(
  client: ClientBase,
  finding: Finding,
  entryIds: readonly string[],
  actorId: string,
  now: Date,
): Promise<string | null> {
  const approvedOver = { value: finding.kind === 'gone' ? null : finding.theirs, byId: actorId };
  const rows = entryIds.map((entryId) => ({
    entryId,
    id: newId(now.getTime()),
    idempotencyKey: entryKey([finding.connectorId, entryId, finding.id]),
  }));
  const made = await client.query<{ id: string }>(
    `insert into sync_entry (id, connector_id, report_id, field_value_id, next_step_id, idempotency_key, object_type,
       external_key, target_field, policy, desired, status, created_at, group_key, urgent)
     select again.id, was.connector_id, was.report_id, was.field_value_id, was.next_step_id, again."idempotencyKey",
       was.object_type, was.external_key, was.target_field, was.policy,
       was.desired || jsonb_build_object('approvedOver', $2::jsonb), 'waiting', $3, was.group_key, was.urgent
     from jsonb_to_recordset($1::jsonb) as again("entryId" uuid, id uuid, "idempotencyKey" text)
     join sync_entry was on was.id = again."entryId"
     on conflict (idempotency_key) do nothing
     returning id`,
    [JSON.stringify(rows), JSON.stringify(approvedOver), now],
  );
  return made.rows[0]?.id ?? null;
}
