import type { Tx } from '../../platform/database/database.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Prisma } from '../../prisma/generated/client/client.ts';
import type { ConnectorKind } from '../connectors/connector-kind.ts';
import { firstMappings } from '../connectors/connector-kinds.ts';
import { credentialBox, sealCredentials } from '../connectors/credentials.ts';
import type { EnteredConnection } from './connection-inputs.ts';
import { openKept, readSecretsEntered } from './kept-secrets.ts';

type Needs = Pick<Platform, 'config' | 'database' | 'clock'>;

/** The CRM may be asked for new credentials meanwhile, which holds the lock that we wait for. */
const PATIENCE_MS = 45_000;

/**
 * Makes a connection, switched off, with the mapping that its kind begins with. Sent again with the same id it makes
 * no second one.
 * @throws Conflict the name is taken
 */
export async function createConnection(
  { config, database, clock }: Needs,
  kind: ConnectorKind,
  { id = newId(), entered, actorId }: { id?: string; entered: EnteredConnection; actorId: string },
): Promise<{ id: string }> {
  const now = clock.now();
  const { name, settings, secrets } = entered;
  const keys = Object.keys(secrets);
  await database.prisma.$transaction(async (tx) => {
    const made = await tx.connector.createMany({
      data: [
        {
          id,
          kind: kind.kind,
          name,
          settings,
          active: false,
          changedAt: now,
          createdAt: now,
          credentials: keys.length === 0 ? null : sealCredentials(credentialBox(config), id, secrets),
          secretsEntered: Object.fromEntries(
            keys.map((key) => [key, { at: now.toISOString(), byId: actorId }]),
          ),
        },
      ],
      skipDuplicates: true,
    });
    if (made.count === 0) {
      if ((await tx.connector.count({ where: { id } })) > 0) return;
      throw nameTaken(name);
    }
    await tx.fieldMapping.createMany({
      data: firstMappings(kind, settings).map((mapping) => ({
        connectorId: id,
        ...mapping,
      })),
    });
    await audit(
      tx,
      { at: now, actorId, action: 'connection.added', subjectId: id },
      { kind: kind.kind, name },
    );
  });
  return { id };
}

/**
 * Changes name, settings and those secrets that were typed; a connection that is open elsewhere is opened anew.
 *
 * @param changedAt of the connection when the form was opened.
 * @throws NotFound; Conflict somebody else changed it since, or the name is taken
 */
export async function changeConnection(
  { config, database, clock }: Needs,
  {
    id,
    changedAt,
    entered,
    actorId,
  }: { id: string; changedAt: Date; entered: EnteredConnection; actorId: string },
): Promise<void> {
  const box = credentialBox(config);
  const { name, settings, secrets } = entered;
  const typed = Object.keys(secrets);
  await database.prisma.$transaction(
    async (tx) => {
      // The lock of `renew` in connectors/credentials.ts: what it was given must not take the place of what is typed now.
      if (typed.length > 0 || !entered.keepSecrets)
        await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`crm-credentials:${id}`}, 0))`;
      const row = await lockUnchanged(tx, id, changedAt);
      const namesake = await tx.connector.findFirst({ where: { name, id: { not: id } } });
      if (namesake !== null) throw nameTaken(name);
      const now = after(clock.now(), row.changedAt);
      const data: Prisma.ConnectorUpdateInput = {
        name,
        settings,
        changedAt: now,
        checkedAt: null,
        checkProblem: null,
      };
      if (typed.length > 0 || !entered.keepSecrets) {
        const noted = entered.keepSecrets ? readSecretsEntered(row.secretsEntered) : {};
        const kept = await openKept(tx, box, id);
        // What the CRM gave for the secrets of before (an access token) is not worth anything with new ones.
        const own = Object.entries(kept.credentials).filter(([key]) => key in noted);
        data.credentials = sealCredentials(box, id, { ...Object.fromEntries(own), ...secrets });
        data.secretsEntered = {
          ...(kept.lost ? {} : noted),
          ...Object.fromEntries(typed.map((key) => [key, { at: now.toISOString(), byId: actorId }])),
        };
      }
      await tx.connector.update({ where: { id }, data });
      const before = new Map(Object.entries(Object(row.settings)));
      const fields = [
        ...(name === row.name ? [] : ['name']),
        ...Object.keys(settings).filter((key) => settings[key] !== (before.get(key) ?? '')),
        ...typed,
      ];
      await audit(tx, { at: now, actorId, action: 'connection.changed', subjectId: id }, { name, fields });
    },
    { timeout: PATIENCE_MS, maxWait: PATIENCE_MS },
  );
}

/** Switches delivery on or off. The same again changes nothing. @throws NotFound, Conflict */
export async function switchConnection(
  { database, clock }: Pick<Needs, 'database' | 'clock'>,
  { id, active, actorId }: { id: string; active: boolean; actorId: string },
): Promise<void> {
  await database.prisma.$transaction(async (tx) => {
    const row = await lockConnection(tx, id);
    if (row.active === active) return;
    await tx.connector.update({ where: { id }, data: { active } });
    await audit(
      tx,
      {
        at: clock.now(),
        actorId,
        action: active ? 'connection.switched_on' : 'connection.switched_off',
        subjectId: id,
      },
      { name: row.name },
    );
  });
}

/** What goes with a connection when it is removed. */
export interface Leaving {
  /** Values of reports in the ledger of this CRM. */
  entries: number;
  mappings: number;
  links: number;
}

export async function whatLeaves({ database }: Pick<Needs, 'database'>, id: string): Promise<Leaving> {
  const [entries, mappings, links] = await Promise.all([
    database.prisma.syncEntry.count({ where: { connectorId: id } }),
    database.prisma.fieldMapping.count({ where: { connectorId: id, closedAt: null } }),
    database.prisma.crmLink.count({ where: { connectorId: id } }),
  ]);
  return { entries, mappings, links };
}

/**
 * Removes a connection with its credentials, mapping, links and ledger. Nothing is taken back at the CRM, and the
 * vocabulary keeps what was imported. A connection that is gone already is success.
 *
 * @throws InvalidInput the name typed is not its name, or it is the built-in CRM; Conflict it is switched on
 */
export async function removeConnection(
  { database, clock }: Pick<Needs, 'database' | 'clock'>,
  { id, typedName, actorId }: { id: string; typedName: string; actorId: string },
): Promise<void> {
  await database.prisma.$transaction(
    async (tx) => {
      await tx.$queryRaw`select id from connector where id = ${id}::uuid for update`;
      const row = await tx.connector.findUnique({ where: { id } });
      if (row === null) return;
      if (row.kind === 'builtin')
        throw new InvalidInput('the built-in CRM is not removed', {
          userMessage:
            'The built-in CRM belongs to Dictaline. Switch it off if nothing is to be written there.',
        });
      if (typedName.trim() !== row.name)
        throw new InvalidInput('another name was typed', {
          userMessage: `Type the name of the connection, ${row.name}, to remove it.`,
        });
      if (row.active)
        throw new Conflict('the connection is switched on', {
          userMessage: 'Switch the connection off first, so that nothing is on its way.',
        });
      const entries = await tx.syncEntry.count({ where: { connectorId: id } });
      await tx.connector.delete({ where: { id } });
      await audit(
        tx,
        { at: clock.now(), actorId, action: 'connection.removed', subjectId: id },
        { kind: row.kind, name: row.name, entries },
      );
    },
    { timeout: PATIENCE_MS },
  );
}

async function lockConnection(tx: Tx, id: string) {
  await tx.$queryRaw`select id from connector where id = ${id}::uuid for no key update`;
  const row = await tx.connector.findUnique({ where: { id } });
  if (row === null) throw new NotFound(`no connection ${id}`);
  return row;
}

async function lockUnchanged(tx: Tx, id: string, changedAt: Date) {
  const row = await lockConnection(tx, id);
  if (row.changedAt.getTime() !== changedAt.getTime())
    throw new Conflict(`connection ${id} was changed in the meantime`, {
      userMessage:
        'Somebody else changed this connection in the meantime. Open it again to see what it says now, then repeat.',
    });
  return row;
}

/** Two changes within a millisecond are two all the same. */
function after(now: Date, before: Date): Date {
  return now > before ? now : new Date(before.getTime() + 1);
}

function nameTaken(name: string): Conflict {
  return new Conflict('the name of a connection is taken', {
    userMessage: `Another connection is called ${name}. Choose another name.`,
  });
}

async function audit(
  tx: Tx,
  entry: { at: Date; actorId: string; action: string; subjectId: string },
  detail: Record<string, string | number | string[]>,
): Promise<void> {
  await tx.auditEntry.create({ data: { ...entry, subjectType: 'connection', detail } });
}
