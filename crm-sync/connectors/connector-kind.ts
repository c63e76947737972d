import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/log.ts';
import type { ObjectStorage } from '../../platform/object-storage/object-storage.ts';
import type { DefaultMapping } from '../mapping/default-mappings.ts';
import type { CrmConnector } from './connector.ts';
import type { CredentialStore } from './credentials.ts';
import type { RequestGate } from './http/request-gate.ts';
import type { RecordLinks } from './record-links.ts';
import type { SentValues } from './sent-values.ts';

/** One thing that an administrator fills in to connect a CRM. */
export interface ConnectorInput {
  key: string;
  label: string;
  /** A sentence: what it is and where to find it. */
  help: string;
  /** A `secret` becomes part of the credentials, is never shown again, and left blank stays as it was. */
  type: 'text' | 'url' | 'number' | 'choice' | 'secret';
  required: boolean;
  /** Of a choice. */
  options?: readonly { value: string; label: string }[];
  /** Filled in beforehand. */
  initial?: string;
}

/** What an open connection works with. */
export interface ConnectorParts {
  connectorId: string;
  /** By the inputs' keys, as filled in; secrets are in the credentials. */
  settings: Readonly<Record<string, string>>;
  credentials: CredentialStore;
  links: RecordLinks;
  /** What was delivered, for what can't be read back. */
  sent: SentValues;
  /**
   * Made for the requests a second that the kind names; every request goes through it. Seconds of the window that the
   * CRM counts in, where that is longer than one: see `createRequestGate`.
   */
  gate(requestsPerSecond: number | null, windowSeconds?: number): RequestGate;
  /** How long a request may take; absent: as long as `createCrmHttp` says. */
  requestTimeoutMs?: number;
  objects: ObjectStorage;
  clock: Clock;
  log: Logger;
}

/** A sort of CRM that reports can be delivered to: how to connect it, and what to write where to begin with. */
export interface ConnectorKind {
  /** As in `connector.kind`. */
  kind: string;
  label: string;
  /** A sentence for the list to choose from. */
  description: string;
  inputs: readonly ConnectorInput[];
  /** Sentences about settings that are not right together, by input; empty when all are. Pure. */
  checkSettings?(settings: Readonly<Record<string, string>>): { key: string; message: string }[];
  /** The mapping that a new connection begins with. */
  defaultMappings: readonly DefaultMapping[];
  /** The same where it depends on the settings; absent: it does not. Pure. */
  mappingsFor?(settings: Readonly<Record<string, string>>): readonly DefaultMapping[];
  open(parts: ConnectorParts): CrmConnector;
}
