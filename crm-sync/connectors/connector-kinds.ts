import type { DefaultMapping } from '../mapping/default-mappings.ts';
import type { ConnectorKind } from './connector-kind.ts';
import { dataverseKind } from './dataverse/dataverse-kind.ts';
import { exportKind } from './export/export-kind.ts';
import { hubspotKind } from './hubspot/hubspot-kind.ts';
import { salesforceKind } from './salesforce/salesforce-kind.ts';
import { webhookKind } from './webhook/webhook-kind.ts';

/** What Dictaline can be connected to, in the order in which it is offered. The built-in CRM is always there. */
export const CONNECTOR_KINDS: readonly ConnectorKind[] = [
  hubspotKind,
  salesforceKind,
  dataverseKind,
  webhookKind,
  exportKind,
];

/** The mapping that a connection with these settings begins with. Pure. */
export function firstMappings(
  kind: ConnectorKind,
  settings: Readonly<Record<string, string>>,
): readonly DefaultMapping[] {
  return kind.mappingsFor?.(settings) ?? kind.defaultMappings;
}

/** The kind by its name; null for one that this version has no connector for. */
export function kindOf(
  kind: string,
  kinds: readonly ConnectorKind[] = CONNECTOR_KINDS,
): ConnectorKind | null {
  return kinds.find((each) => each.kind === kind) ?? null;
}
