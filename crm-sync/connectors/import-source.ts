/** What the vocabulary is made from. An owner is a person of the company, told apart by e-mail. */
export type ImportKind = 'owner' | 'account' | 'contact' | 'product';

/** A record of the CRM as far as the vocabulary uses it. Absent: the CRM has no such field; empty: nothing in it. */
export interface ImportedRecord {
  kind: ImportKind;
  /** The CRM's own id. */
  remoteId: string;
  /** Our key, where the record carries it. */
  externalKey?: string;
  name: string;
  /** It was deleted there. Of a removed record only the ids are sure to be right. */
  removed: boolean;
  /** It became part of this one there. */
  mergedInto?: string;
  /** Owners. */
  email?: string;
  /** Accounts. */
  city?: string;
  state?: string;
  region?: string;
  lifecycle?: string;
  ownerRemoteId?: string;
  /** Contacts. */
  title?: string;
  accountRemoteId?: string;
}

export interface ImportPage {
  records: ImportedRecord[];
  /** Where the next page or, at the end, the next pass begins. Means something to its connector alone. */
  cursor: string;
  /** Whether there is more to be had at once. */
  more: boolean;
}

/**
 * Reads the CRM's accounts, contacts, products and people: all of them from a null cursor, and from a cursor what
 * has changed since. A record may come twice; one that changes while pages are read comes again, never not at all.
 */
export interface CrmImportSource {
  readonly kinds: readonly ImportKind[];
  /** @throws CrmError */
  page(kind: ImportKind, cursor: string | null): Promise<ImportPage>;
}
