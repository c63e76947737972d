import type { Database } from '../../platform/database/database.ts';
import type { CrmObjectType } from './connector.ts';

export interface RecordLink {
  objectType: CrmObjectType;
  externalKey: string;
  /** The CRM's own id. */
  remoteId: string;
}

/**
 * Which record of one CRM is which of ours. It saves a search, and is the only thing that tells for records that
 * the CRM had before us and that don't carry our key. The CRM may delete or merge what it points to: a connector
 * that finds so keeps the new id, or forgets the link.
 */
export interface RecordLinks {
  /** Ids at the CRM by our keys; unknown ones are left out. */
  remoteIds(objectType: CrmObjectType, externalKeys: readonly string[]): Promise<Map<string, string>>;
  /** Our keys by ids at the CRM. Several of our keys may lead to one record after a merge there; the oldest is told. */
  externalKeys(objectType: CrmObjectType, remoteIds: readonly string[]): Promise<Map<string, string>>;
  /** Keeps links; of a key that had another, the new one counts. */
  keep(links: readonly RecordLink[]): Promise<void>;
  forget(objectType: CrmObjectType, externalKeys: readonly string[]): Promise<void>;
}

/** The links of a connector, in the database. One statement each; nothing is locked. */
export function createRecordLinks({ pool }: Pick<Database, 'pool'>, connectorId: string): RecordLinks {
  return {
    async remoteIds(objectType, externalKeys) {
      if (externalKeys.length === 0) return new Map();
      const { rows } = await pool.query<{ key: string; id: string }>(
        `select external_key as key, remote_id as id from crm_link
         where connector_id = $1 and object_type = $2 and external_key = any($3::text[])`,
        [connectorId, objectType, externalKeys],
      );
      return new Map(rows.map(({ key, id }) => [key, id]));
    },

    async externalKeys(objectType, remoteIds) {
      if (remoteIds.length === 0) return new Map();
      const { rows } = await pool.query<{ key: string; id: string }>(
        `select external_key as key, remote_id as id from crm_link
         where connector_id = $1 and object_type = $2 and remote_id = any($3::text[])
         order by linked_at desc, external_key desc`,
        [connectorId, objectType, remoteIds],
      );
      return new Map(rows.map(({ key, id }) => [id, key]));
    },

    async keep(links) {
      if (links.length === 0) return;
      const newest = new Map(links.map((link) => [`${link.objectType} ${link.externalKey}`, link]));
      await pool.query(
        `insert into crm_link (connector_id, object_type, external_key, remote_id)
         select $1, link."objectType", link."externalKey", link."remoteId"
         from jsonb_to_recordset($2::jsonb) as link("objectType" text, "externalKey" text, "remoteId" text)
         on conflict (connector_id, object_type, external_key) do update set remote_id = excluded.remote_id
         where crm_link.remote_id <> excluded.remote_id`,
        [connectorId, JSON.stringify([...newest.values()])],
      );
    },

    async forget(objectType, externalKeys) {
      if (externalKeys.length === 0) return;
      await pool.query(
        `delete from crm_link
         where connector_id = $1 and object_type = $2 and external_key = any($3::text[])`,
        [connectorId, objectType, externalKeys],
      );
    },
  };
}
