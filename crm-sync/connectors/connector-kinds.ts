import type { ConnectorKind } from './connector-kind.ts';

/** What Dictaline can be connected to, in the order in which it is offered. The built-in CRM is always there. */
export const CONNECTOR_KINDS: readonly ConnectorKind[] = [];

/** The kind by its name; null for one that this version has no connector for. */
export function kindOf(kind: string): ConnectorKind | null {
  return CONNECTOR_KINDS.find((each) => each.kind === kind) ?? null;
}
