import type { Tx } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { numberAccounts } from '../../transcription/accounts/account-numbers.ts';
import { VOCABULARY_LOCK } from '../../transcription/vocabulary/vocabulary-lock.ts';
import { IMPORT_KINDS, readImported } from './imported.ts';
import { keepLinks, OURS, unlinked } from './links.ts';
import { takeRecords } from './take-records.ts';

type Needs = Pick<Platform, 'database' | 'clock'>;

/**
 * Has a connection imported, now and then by its schedule, or no more. A pass under way goes on. Wake `importVocabulary`
 * when it is switched on.
 * @throws NotFound
 */
export async function switchImport(
  { database, clock }: Needs,
  {
    connectorId,
    active,
    everyMinutes,
    actorId,
  }: { connectorId: string; active: boolean; everyMinutes?: number; actorId: string },
): Promise<void> {
  await database.prisma.$transaction(async (tx) => {
    const now = clock.now();
    const connector = await tx.connector.findUnique({ where: { id: connectorId }, select: { name: true } });
    if (connector === null) throw new NotFound(`no connection ${connectorId}`);
    const every = everyMinutes === undefined ? {} : { everyMinutes };
    await tx.crmImport.upsert({
      where: { connectorId },
      create: { connectorId, active, dueAt: now, ...every },
      update: { active, ...every, ...(active && { dueAt: now }) },
    });
    await note(tx, now, actorId, active ? 'import.asked' : 'import.stopped', connectorId, connector.name);
  });
}

/** Reads everything anew in the next pass, not only what has changed; for when something was lost. */
export async function importAnew(
  { database, clock }: Needs,
  { connectorId, actorId }: { connectorId: string; actorId: string },
): Promise<void> {
  await database.prisma.$transaction(async (tx) => {
    const now = clock.now();
    const connector = await tx.connector.findUnique({ where: { id: connectorId }, select: { name: true } });
    if (connector === null) throw new NotFound(`no connection ${connectorId}`);
    await tx.crmImportCursor.deleteMany({ where: { connectorId } });
    await tx.crmImport.upsert({
      where: { connectorId },
      create: { connectorId, dueAt: now },
      update: { active: true, dueAt: now, startedAt: null, endedAt: null, problem: null },
    });
    await note(tx, now, actorId, 'import.begun_anew', connectorId, connector.name);
  });
}

/**
 * A person says which of ours a held record is; `sameAs` null: none, it becomes one of ours. Again is success.
 *
 * @throws NotFound; Conflict: the one it should be is linked to another record by now, or was not among the choices
 */
export async function settleDoubt(
  { database, clock }: Needs,
  { heldId, sameAs, actorId }: { heldId: string; sameAs: string | null; actorId: string },
): Promise<void> {
  const now = clock.now();
  await inTransaction(database.pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [VOCABULARY_LOCK]);
    const { rows } = await client.query<{
      connectorId: string;
      crm: string;
      record: unknown;
      candidateIds: string[];
    }>(
      `select held.connector_id as "connectorId", connector.kind as crm, held.record,
              held.candidate_ids as "candidateIds"
       from crm_held_record held join connector on connector.id = held.connector_id
       where held.id = $1 and held.waits_for is null for update of held`,
      [heldId],
    );
    const held = rows[0];
    if (held === undefined) return;
    const { connectorId, crm } = held;
    const record = readImported(held.record);
    const { kind } = record;
    if (sameAs !== null) {
      const { table, key } = OURS[kind];
      const free = await client.query<{ key: string }>(
        `select own.${key} as key from ${table} own
         where own.id = $2 and own.id = any($3::uuid[]) and ${unlinked(kind)}`,
        [connectorId, sameAs, held.candidateIds],
      );
      const own = free.rows[0];
      if (own === undefined)
        throw new Conflict(`held record ${heldId} can not be ${sameAs}`, {
          userMessage:
            'That one belongs to another record of the CRM by now. Load the page again and choose anew.',
        });
      await keepLinks(client, { connectorId, kind }, [{ key: own.key, remoteId: record.remoteId }]);
    }
    const taking = { connectorId, crm, kinds: IMPORT_KINDS, now, memory: {} };
    await takeRecords(client, taking, kind, [record], sameAs === null ? 'new' : 'nobody');
    await numberAccounts(client);
    await client.query(
      `insert into audit_entry (id, at, actor_id, action, subject_type, subject_id, detail)
       values (gen_random_uuid(), $1, $2, $3, 'connection', $4, $5)`,
      [
        now,
        actorId,
        sameAs === null ? 'import.said_new' : 'import.said_same',
        connectorId,
        JSON.stringify({ kind }),
      ],
    );
  });
}

async function note(
  tx: Tx,
  at: Date,
  actorId: string,
  action: string,
  connectorId: string,
  name: string,
): Promise<void> {
  await tx.auditEntry.create({
    data: { at, actorId, action, subjectType: 'connection', subjectId: connectorId, detail: { name } },
  });
}
