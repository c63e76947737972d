import type { Platform } from '../../platform/platform.ts';
import { createBuiltinConnector } from '../builtin-crm/builtin-connector.ts';
import type { CrmConnector } from './connector.ts';

/** What the database says about a connection to a CRM. */
export interface ConnectorRow {
  id: string;
  kind: string;
  name: string;
}

/** The connector for a row; null for a kind that this version has no connector for. */
export type OpenConnector = (row: ConnectorRow) => CrmConnector | null;

/** Opens connectors by kind. */
export function createOpenConnector(platform: Pick<Platform, 'database' | 'clock'>): OpenConnector {
  const builtin = createBuiltinConnector(platform);
  return (row) => (row.kind === 'builtin' ? builtin : null);
}
