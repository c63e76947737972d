import type { CrmImportSource } from './import-source.ts';

/**
 * What every CRM looks like from here. The built-in CRM and the external ones are written through this and nothing
 * else; `tests/crm-sync/connector-conformance.ts` says what an implementation must hold to.
 *
 * Records are named by (objectType, externalKey): our own key, unique within the object type, which the connector
 * maps to the vendor's upsert key. A connector answers for every item of a batch by itself where the CRM did. An
 * exception means that nothing is known about any item: a `CrmError` (crm-error.ts) says what the CRM said about the
 * request as a whole and when to come back; any other is treated as transient.
 */

export type CrmObjectType = 'account' | 'contact' | 'activity' | 'task' | 'deal';

export const CRM_OBJECT_TYPES: readonly CrmObjectType[] = ['account', 'contact', 'activity', 'task', 'deal'];

export type CrmDataType = 'text' | 'number' | 'money' | 'date' | 'choice' | 'person' | 'product' | 'list';

/** Text, choice, person, product: string; number, money: number; date: `YYYY-MM-DD`; list: strings. Null: empty. */
export type CrmFieldValue = string | number | readonly string[] | null;

export interface CrmFieldDefinition {
  key: string;
  label: string;
  dataType: CrmDataType;
  /** The values that a choice takes; empty for the other types. */
  options: string[];
  writable: boolean;
  /** What the CRM itself fills in when a record is made without it: nobody's change. */
  initial?: string | undefined;
}

export interface CrmObjectDefinition {
  objectType: CrmObjectType;
  label: string;
  fields: CrmFieldDefinition[];
}

/** A record as it stands at the CRM. */
export interface CrmSnapshot {
  objectType: CrmObjectType;
  externalKey: string;
  /** The CRM's ETag or version; changes with every change of the record. */
  revision: string;
  /** Every field that has a value. */
  fields: Record<string, CrmFieldValue>;
  /** Where a person sees it at the CRM; absent where there is no such page. */
  url?: string;
  /** How many records carry this key, where it is more than one; which of them this is was left to chance. */
  matches?: number;
}

export interface CrmReference {
  objectType: CrmObjectType;
  externalKey: string;
  /** Used when the CRM has to make the record. */
  name: string;
}

/** Where a value comes from, for CRMs that can keep it. */
export interface CrmOrigin {
  kind: 'dictaline' | 'person' | 'import';
  reportId?: string | null;
  unitId?: string | null;
  confirmedById?: string | null;
}

export interface CrmFieldWrite {
  field: string;
  value: CrmFieldValue;
  /** What a person reads. */
  display: string;
  /** The same key with the same value, whatever happens in between, has the effect of one write. */
  idempotencyKey: string;
  origin: CrmOrigin;
}

/** One record's share of a batch. All its fields are written, or none. */
export interface CrmWrite {
  objectType: CrmObjectType;
  externalKey: string;
  /** Name of the record where it has to be made; null: it must exist. */
  create: { name: string } | null;
  /** For vendors that take a key for a whole request item. */
  idempotencyKey: string;
  /** The revision that the decision to write was made on; null: the record did not exist; undefined: any. */
  expectedRevision?: string | null;
  fields: CrmFieldWrite[];
  /** The account that a contact, activity, task or deal belongs to, and the people of an activity. */
  links: CrmReference[];
}

export type CrmWriteResult =
  | { status: 'written'; revision: string }
  /** The CRM holds these values already, or took these very writes earlier. */
  | { status: 'unchanged'; revision: string }
  /** The record is not at the expected revision; nothing was written. Null: it does not exist (any more). */
  | { status: 'conflict'; current: CrmSnapshot | null }
  /** May succeed later without anybody doing anything. It is not known whether it was written. */
  | { status: 'transient'; message: string; retryAfterMs: number | null }
  /** Won't succeed by itself; `message` is a sentence for a person that says what to do. */
  | { status: 'permanent'; message: string; field: string | null };

/** A record that we made and that nothing of ours stands on any more: a next step that was never agreed. */
export interface CrmRemoval {
  objectType: CrmObjectType;
  externalKey: string;
  /** As `CrmWrite.expectedRevision`. */
  expectedRevision?: string;
}

export interface ConnectorCapabilities {
  /** Records in one `write`, `read` or `remove`. */
  maxBatch: number;
  /** Whether `expectedRevision` is honored by the CRM itself. */
  conditionalWrites: boolean;
  /** Whether `appliedKeys` answers truly. */
  remembersKeys: boolean;
  /** Whether what was written can be read back. Where not, there is nothing to compare, reconcile or undo. */
  readable: boolean;
  /** Requests a second that the CRM allows us; null: no limit known. */
  requestsPerSecond: number | null;
}

export type ConnectorHealth = { ok: true } | { ok: false; message: string };

export interface CrmConnector {
  readonly kind: string;
  readonly capabilities: ConnectorCapabilities;
  /** Whether the CRM can be reached with what is configured; the message says what to do. */
  check(): Promise<ConnectorHealth>;
  /** The CRM's own description of its objects and their fields. */
  describe(): Promise<CrmObjectDefinition[]>;
  /** The records that exist, by external key; at most `maxBatch` keys. */
  read(objectType: CrmObjectType, externalKeys: readonly string[]): Promise<Map<string, CrmSnapshot>>;
  /** Results stand in the order of the writes; at most `maxBatch` writes, in the order that they depend on each other. */
  write(writes: readonly CrmWrite[]): Promise<CrmWriteResult[]>;
  /** Which of these field keys the CRM has taken already. Meaningful where `remembersKeys`. */
  appliedKeys(objectType: CrmObjectType, idempotencyKeys: readonly string[]): Promise<Set<string>>;
  /** Moves records to where the CRM keeps what is deleted; `unchanged`: it is gone already. Results in order. */
  remove(removals: readonly CrmRemoval[]): Promise<CrmWriteResult[]>;
  /** What the company's vocabulary can be read from; null where the CRM is not where it is kept. */
  readonly importSource: CrmImportSource | null;
}
