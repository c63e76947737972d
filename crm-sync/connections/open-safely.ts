import type { CrmConnector } from '../connectors/connector.ts';
import type { ConnectorRow, OpenConnector } from '../connectors/open-connector.ts';

/**
 * The connector for a row; null when there is none, or its settings are not what this version takes: a setting that
 * came with a new version is not filled in yet. One such connection must not stop what is done for the others, nor
 * close the screen on which it is mended.
 */
export function openSafely(openConnector: OpenConnector, row: ConnectorRow | null): CrmConnector | null {
  if (row === null) return null;
  try {
    return openConnector(row);
  } catch {
    return null;
  }
}
