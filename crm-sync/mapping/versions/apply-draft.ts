import type { Tx } from '../../../platform/database/database.ts';
import { Conflict } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { CrmObjectDefinition } from '../../connectors/connector.ts';
import { checkMappings } from '../check-mappings.ts';
import type { KeyedMapping } from '../mapping.ts';
import { diffMappings } from './diff-mappings.ts';
import { overtaken, readState } from './draft-store.ts';

export interface AppliedMapping {
  version: number;
  added: number;
  changed: number;
  removed: number;
}

/**
 * Puts the draft in force as the next version, in one transaction: rows of what changed are closed, rows of what is
 * new are made, the draft is gone. Reports that are finalized from now on go by it; nothing happens to those that
 * were delivered (`redeliver` does that when asked).
 *
 * Twice, or by two at once: a lock lets one in, the other finds no such draft.
 * @param objects what the CRM says of itself; null when it could not be asked, and then fields are not checked
 * @throws Conflict the draft has moved on, changes nothing, or has a fault that would keep everything from being written
 */
export async function applyDraft(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  objects: readonly CrmObjectDefinition[] | null,
  draft: { connectorId: string; revision: number; note: string; actorId: string },
): Promise<AppliedMapping> {
  const { connectorId, revision, note, actorId } = draft;
  const now = clock.now();
  return database.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`mapping:${connectorId}`}, 0))`;
    const state = await readState(tx, connectorId);
    if (state.draft === null || state.draft.isStale)
      throw new Conflict('no draft of the mapping', {
        userMessage:
          'This draft is gone: somebody put it in force or threw it away. Look at the mapping again.',
      });
    if (state.draft.revision !== revision) throw overtaken(state.draft.touched, revision);
    const changes = diffMappings(state.inForce, state.draft.mappings);
    if (changes.length === 0)
      throw new Conflict('the draft changes nothing', {
        userMessage: 'The draft is the same as what is in force. Change something first, or throw it away.',
      });
    const fault = checkMappings(state.draft.mappings, objects).find(({ blocks }) => blocks);
    if (fault)
      throw new Conflict('the draft has a fault', { userMessage: `${fault.message} Nothing was changed.` });

    const version = state.version + 1;
    const closed = changes.flatMap(({ before }) => before?.key ?? []);
    await tx.fieldMapping.updateMany({
      where: { connectorId, closedAt: null, key: { in: closed } },
      data: { closedAt: now, closedIn: version },
    });
    await addRows(
      tx,
      { connectorId, version, now },
      changes.flatMap(({ after }) => after ?? []),
    );
    await tx.mappingVersion.create({
      data: {
        connectorId,
        version,
        note,
        restores: state.draft.restores,
        createdById: actorId,
        createdAt: now,
      },
    });
    await tx.mappingDraft.delete({ where: { connectorId } });
    const counts = {
      added: changes.filter(({ before }) => before === null).length,
      changed: changes.filter(({ before, after }) => before !== null && after !== null).length,
      removed: changes.filter(({ after }) => after === null).length,
    };
    await tx.auditEntry.create({
      data: {
        at: now,
        actorId,
        action: 'mapping.applied',
        subjectType: 'crm_mapping',
        subjectId: connectorId,
        detail: { version, ...counts },
      },
    });
    return { version, ...counts };
  });
}

async function addRows(
  tx: Tx,
  { connectorId, version, now }: { connectorId: string; version: number; now: Date },
  mappings: readonly KeyedMapping[],
): Promise<void> {
  await tx.fieldMapping.createMany({
    data: mappings.map(({ valueMap, ...mapping }) => ({
      ...mapping,
      valueMap: valueMap.map(({ from, to }) => ({ from, to })),
      connectorId,
      version,
      createdAt: now,
    })),
  });
}
