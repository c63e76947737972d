import { randomUUID } from 'node:crypto';
import type { CrmConnector } from '../../../../crm-sync/connectors/connector.ts';
import type { ConnectorKind, ConnectorParts } from '../../../../crm-sync/connectors/connector-kind.ts';
import {
  createCredentialStore,
  credentialBox,
  sealCredentials,
} from '../../../../crm-sync/connectors/credentials.ts';
import { createRequestGate } from '../../../../crm-sync/connectors/http/request-gate.ts';
import { createRecordLinks } from '../../../../crm-sync/connectors/record-links.ts';
import { createSentValues } from '../../../../crm-sync/connectors/sent-values.ts';
import { createSettableClock } from '../../../../platform/clock.ts';
import { createTestPlatform } from '../../../support/test-platform.ts';
import type { PlayedCrm } from './played-crm.ts';

/** A kind of connector and the CRM that is played for it. */
export interface KindUnderTest<Played extends PlayedCrm = PlayedCrm> {
  kind: ConnectorKind;
  play(): Promise<Played>;
  /** What an administrator would fill in to reach the played CRM. */
  settings(played: Played): Record<string, string>;
  credentials: Record<string, string>;
}

/** A connection as the database keeps it, to a CRM that is played: sealed credentials, links and gate are real. */
export async function createConnectorRig<Played extends PlayedCrm>(under: KindUnderTest<Played>) {
  const clock = createSettableClock(new Date('2026-03-02T18:00:00Z'));
  const { platform, close } = await createTestPlatform({ clock });
  const { database, objects, log, config } = platform;
  const played = await under.play();
  const box = credentialBox(config);
  const { id: connectorId } = await database.prisma.connector.create({
    data: { kind: under.kind.kind, name: `Played ${randomUUID()}`, settings: under.settings(played) },
  });
  await database.prisma.connector.update({
    where: { id: connectorId },
    data: { credentials: sealCredentials(box, connectorId, under.credentials) },
  });
  await database.prisma.fieldMapping.createMany({
    data: under.kind.defaultMappings.map((mapping) => ({ connectorId, ...mapping, confirmedOnly: false })),
  });

  /** What an open connection works with, as by a process of its own. */
  function parts(): ConnectorParts {
    return {
      connectorId,
      settings: under.settings(played),
      credentials: createCredentialStore(database, box, connectorId),
      links: createRecordLinks(database, connectorId),
      sent: createSentValues(database, connectorId),
      // The clock stands still here, so a pace by it would never let the next one in.
      gate: () => createRequestGate({ database, clock }, { connectorId, requestsPerSecond: null }),
      objects,
      clock,
      log,
    };
  }

  /** Opened as by a process of its own. */
  function open({ requestTimeoutMs }: { requestTimeoutMs?: number } = {}): CrmConnector {
    return under.kind.open({ ...parts(), ...(requestTimeoutMs !== undefined && { requestTimeoutMs }) });
  }

  return {
    platform,
    clock,
    database,
    connectorId,
    played,
    parts,
    open,
    /** The CRM's own patience is over: what it asked us to wait for is forgotten. */
    async forgetPause() {
      await database.prisma.connector.update({
        where: { id: connectorId },
        data: { pausedUntil: null, pauseReason: null, nextRequestAt: null },
      });
    },
    async close() {
      await played.close();
      await close();
    },
  };
}

export type ConnectorRig<Played extends PlayedCrm = PlayedCrm> = Awaited<
  ReturnType<typeof createConnectorRig<Played>>
>;
