import type { Platform } from '../../platform/platform.ts';
import type { ConnectorHealth, CrmConnector } from '../connectors/connector.ts';
import type { ConnectorKind, ConnectorParts } from '../connectors/connector-kind.ts';
import {
  type CredentialStore,
  type Credentials,
  createCredentialStore,
  credentialBox,
} from '../connectors/credentials.ts';
import { CrmError } from '../connectors/crm-error.ts';
import { OPEN_GATE } from '../connectors/http/request-gate.ts';
import type { OpenConnector } from '../connectors/open-connector.ts';
import { createRecordLinks } from '../connectors/record-links.ts';
import { createSentValues } from '../connectors/sent-values.ts';
import type { EnteredConnection } from './connection-inputs.ts';
import { openKept } from './kept-secrets.ts';
import { openSafely } from './open-safely.ts';

type Needs = Pick<Platform, 'config' | 'database' | 'clock' | 'objects' | 'log'>;

const CANNOT_OPEN: ConnectorHealth = {
  ok: false,
  message: 'It can’t be opened as it is set up; look over its settings and save them.',
};

/**
 * Asks the CRM whether it lets us in, and notes the answer with the connection.
 * @returns null when the connection is gone.
 */
export async function checkConnection(
  deps: Needs & { openConnector: OpenConnector },
  id: string,
): Promise<ConnectorHealth | null> {
  const { database, clock } = deps;
  const row = await database.prisma.connector.findUnique({ where: { id } });
  if (row === null) return null;
  const connector = openSafely(deps.openConnector, row);
  const health: ConnectorHealth = connector === null ? CANNOT_OPEN : await ask(deps, connector);
  // If it was changed meanwhile, the answer is about what it was.
  await database.prisma.connector.updateMany({
    where: { id, changedAt: row.changedAt },
    data: { checkedAt: clock.now(), checkProblem: health.ok ? null : health.message },
  });
  return health;
}

/**
 * Asks the CRM before anything is saved. Nothing is kept but what the CRM gives for secrets that are kept already,
 * since those may be good for one use only.
 *
 * @param id of the connection that is changed; null for a new one.
 */
export async function checkEntered(
  deps: Needs,
  kind: ConnectorKind,
  { id, entered }: { id: string | null; entered: EnteredConnection },
): Promise<ConnectorHealth> {
  const { database, config, objects, clock, log } = deps;
  const connectorId = id ?? '00000000-0000-0000-0000-000000000000';
  const row = id === null ? null : await database.prisma.connector.findUnique({ where: { id } });
  const box = credentialBox(config);
  const isKept = row !== null && entered.keepSecrets;
  const kept = isKept ? (await openKept(database.prisma, box, row.id)).credentials : {};
  // With nothing typed, what the CRM gives for a kept secret takes its place, as in any other use.
  const credentials =
    isKept && Object.keys(entered.secrets).length === 0
      ? createCredentialStore(database, box, row.id)
      : inMemory({ ...kept, ...entered.secrets });
  const parts: ConnectorParts = {
    connectorId,
    settings: entered.settings,
    credentials,
    links: createRecordLinks(database, connectorId),
    sent: createSentValues(database, connectorId),
    gate: () => OPEN_GATE,
    objects,
    clock,
    log,
  };
  try {
    return await ask(deps, kind.open(parts));
  } catch {
    return CANNOT_OPEN;
  }
}

async function ask({ log }: Pick<Needs, 'log'>, connector: CrmConnector): Promise<ConnectorHealth> {
  try {
    return await connector.check();
  } catch (error) {
    if (error instanceof CrmError) return { ok: false, message: error.message };
    // Without the error itself: it may quote what was entered.
    log.error(
      { kind: connector.kind, name: error instanceof Error ? error.name : 'unknown' },
      'a check of a connection failed',
    );
    return {
      ok: false,
      message: 'The check itself failed. Look over what is entered; if it is right, try again in a minute.',
    };
  }
}

/** Holds what was typed for the time of one check. */
function inMemory(given: Credentials): CredentialStore {
  let current = given;
  return {
    read: async () => current,
    async renew(_stale, renew) {
      current = await renew(current);
      return current;
    },
  };
}
