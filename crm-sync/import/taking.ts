import type { ImportKind } from '../connectors/import-source.ts';
import type { UnlinkedAccounts } from './candidates.ts';
import type { Imported } from './imported.ts';
import type { Linked } from './links.ts';

/** What an import of one connector works with. */
export interface Taking {
  connectorId: string;
  /** Of the connector; begins the ids of what is new. */
  crm: string;
  /** Kinds that the CRM has. */
  kinds: readonly ImportKind[];
  now: Date;
  /** Kept from page to page of an import. */
  memory: { accounts?: UnlinkedAccounts };
}

/** A record with what it belongs to. */
export interface Resolved {
  record: Imported;
  /** Of ours: the owner of an account, the account of a contact; null: none, or not told. */
  parentId: string | null;
}

/** A record with which of ours it is. */
export interface Found extends Resolved {
  ours: Linked;
}
