import type { ClientBase } from 'pg';
import type { CrmRemoval, CrmWriteResult } from '../connectors/connector.ts';
import { readSnapshots } from './write-record.ts';

/**
 * Deletes a record of the built-in CRM with its values, within the caller's transaction. Locks its row; what belonged
 * to it stays, unlinked.
 */
export async function removeRecord(client: ClientBase, removal: CrmRemoval): Promise<CrmWriteResult> {
  const { objectType, externalKey, expectedRevision } = removal;
  const { rows } = await client.query<{ id: string; revision: number }>(
    `select id, revision from crm_record where object_type = $1 and external_key = $2 for update`,
    [objectType, externalKey],
  );
  const record = rows[0];
  if (record === undefined) return { status: 'unchanged', revision: '' };
  const revision = String(record.revision);
  if (expectedRevision !== undefined && expectedRevision !== revision) {
    const current = await readSnapshots(client, objectType, [externalKey]);
    return { status: 'conflict', current: current.get(externalKey) ?? null };
  }
  await client.query('delete from crm_record where id = $1', [record.id]);
  return { status: 'written', revision };
}
