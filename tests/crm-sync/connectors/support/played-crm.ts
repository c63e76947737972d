import type { CrmFieldValue, CrmObjectType } from '../../../../crm-sync/connectors/connector.ts';

/** What goes wrong at a CRM, each as its vendor's documentation describes it. */
export const CRM_FAULTS = [
  /** Too many requests, with a time to come back at; nothing is done. */
  'limit with a time',
  /** The same without a time. */
  'limit without a time',
  /** The day's requests are used up. */
  'daily limit',
  /** 401: the access token has expired; a new one can be had. */
  'token expired',
  /** 409, or what the vendor says instead: somebody made the same record at this moment, and it is there now. */
  'conflict',
  /** Two records carry the key (300 or the vendor's words). Stays until `mend`. */
  'several matches',
  /** The record is locked by another transaction; nothing is done to it. */
  'row locked',
  /** Of several records, the first that comes fails for a passing reason and the others are done. */
  'partial success',
  /** 500 or 503 before anything was done. */
  'server error',
  /** The write is done, then the connection breaks. */
  'cut off after the write',
  /** The answer begins and never ends, after the write was done. */
  'slow drip',
  /** The field is no field of theirs any more. Stays until `mend`. */
  'field gone',
  /** The choice takes this value no more. Stays until `mend`. */
  'choice refused',
] as const;

export type CrmFault = (typeof CRM_FAULTS)[number];

/** What a fault is about, where it is about something. */
export interface FaultSubject {
  objectType: CrmObjectType;
  externalKey?: string;
  /** Of `field gone` and `choice refused`. */
  field?: string;
}

/** A CRM that is played: a server in memory that behaves as its vendor documents, faults included. */
export interface PlayedCrm {
  /**
   * The next request that writes (of an object of this type) meets the fault, once; `several matches`, `field gone`
   * and `choice refused` hold from now until `mend`.
   */
  arm(fault: CrmFault, subject: FaultSubject): void;
  /** Takes back every fault that stays, and what it left behind (a second record with the key). */
  mend(): void;
  /** Whether an armed fault has been met since it was armed. */
  met(): boolean;
  /** How many records carry our key, deleted ones not counted. */
  count(objectType: CrmObjectType, externalKey: string): number;
  /** How many records of the type there are at all. */
  total(objectType: CrmObjectType): number;
  /** A person at the CRM changes a field. */
  edit(objectType: CrmObjectType, externalKey: string, field: string, value: CrmFieldValue): void;
  /** A person at the CRM deletes the record. */
  delete(objectType: CrmObjectType, externalKey: string): void;
  /**
   * A person at the CRM makes another record of the type (without our key) and merges ours into it: the other one
   * survives. Null where the vendor can't merge such records.
   */
  mergeAway: ((objectType: CrmObjectType, externalKey: string) => void) | null;
  /** Requests that came, whatever became of them. */
  requests(): number;
  /** Times that an access token was given out; null where there are none. */
  tokensGiven(): number | null;
  close(): Promise<void>;
}
