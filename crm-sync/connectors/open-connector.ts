import { z } from 'zod';
import type { Platform } from '../../platform/platform.ts';
import { createBuiltinConnector } from '../builtin-crm/builtin-connector.ts';
import type { CrmConnector } from './connector.ts';
import type { ConnectorKind } from './connector-kind.ts';
import { CONNECTOR_KINDS, kindOf } from './connector-kinds.ts';
import { createCredentialStore, credentialBox } from './credentials.ts';
import { createRequestGate } from './http/request-gate.ts';
import { createRecordLinks } from './record-links.ts';
import { createSentValues } from './sent-values.ts';

/** What the database says about a connection to a CRM. */
export interface ConnectorRow {
  id: string;
  kind: string;
  settings: unknown;
  changedAt: Date;
}

/** The connector for a row; null for a kind that this version has no connector for. */
export type OpenConnector = (row: ConnectorRow) => CrmConnector | null;

const settingsSchema = z.record(z.string(), z.string()).catch({});

/** The settings of a connection as its row holds them, by the inputs' keys. */
export function readSettings(settings: unknown): Record<string, string> {
  return settingsSchema.parse(settings);
}

/**
 * Opens connectors by kind, and keeps them open while their row is unchanged: they hold access tokens and what the
 * CRM said about itself.
 */
export function createOpenConnector(
  platform: Pick<Platform, 'config' | 'database' | 'clock' | 'objects' | 'log'>,
  kinds: readonly ConnectorKind[] = CONNECTOR_KINDS,
): OpenConnector {
  const { database, clock, objects, log } = platform;
  const builtin = createBuiltinConnector(platform);
  const box = credentialBox(platform.config);
  const open = new Map<string, { changedAt: number; connector: CrmConnector }>();

  return (row) => {
    if (row.kind === 'builtin') return builtin;
    const changedAt = row.changedAt.getTime();
    const known = open.get(row.id);
    if (known?.changedAt === changedAt) return known.connector;
    const kind = kindOf(row.kind, kinds);
    if (kind === null) return null;
    const connector = kind.open({
      connectorId: row.id,
      settings: readSettings(row.settings),
      credentials: createCredentialStore(database, box, row.id),
      links: createRecordLinks(database, row.id),
      sent: createSentValues(database, row.id),
      gate: (requestsPerSecond, windowSeconds = 1) =>
        createRequestGate(platform, { connectorId: row.id, requestsPerSecond, windowSeconds }),
      objects,
      clock,
      log,
    });
    open.set(row.id, { changedAt, connector });
    return connector;
  };
}
