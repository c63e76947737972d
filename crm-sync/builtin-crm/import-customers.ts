import { randomUUID } from 'node:crypto';
import type { Platform } from '../../platform/platform.ts';
import type { CrmFieldWrite, CrmWrite } from '../connectors/connector.ts';
import { createBuiltinConnector } from './builtin-connector.ts';

type Needs = Pick<Platform, 'database' | 'clock'>;

/**
 * Brings the accounts and contacts of the vocabulary into the built-in CRM, through its connector: missing records
 * are made, names follow, and fields are filled where they are empty or hold what was imported before. What a report
 * or a person wrote stays. Again changes nothing; to be called after the vocabulary was changed.
 *
 * @returns how many records were made or changed.
 */
export async function importCustomers({ database, clock }: Needs): Promise<{ changed: number }> {
  const [accounts, contacts] = await Promise.all([
    database.prisma.account.findMany({ where: { active: true }, orderBy: { externalId: 'asc' } }),
    database.prisma.contact.findMany({
      where: { active: true },
      include: { account: { select: { externalId: true, name: true } } },
      orderBy: { externalId: 'asc' },
    }),
  ]);
  const taken = await fieldsOfOthers({ database });
  const accountWrites = accounts.map(({ externalId, name, city, state, region, lifecycle }) =>
    importOf('account', externalId, name, { city, state, region, lifecycle }, [], taken),
  );
  const contactWrites = contacts.map(({ externalId, name, title, account }) =>
    importOf(
      'contact',
      externalId,
      name,
      { title },
      [{ objectType: 'account', externalKey: account.externalId, name: account.name }],
      taken,
    ),
  );
  return { changed: await writeAll({ database, clock }, [...accountWrites, ...contactWrites]) };
}

function importOf(
  objectType: CrmWrite['objectType'],
  externalKey: string,
  name: string,
  values: Record<string, string>,
  links: CrmWrite['links'],
  taken: ReadonlySet<string>,
): CrmWrite {
  const fields = Object.entries(values)
    .filter(([field, value]) => value !== '' && !taken.has(placeOf(objectType, externalKey, field)))
    .map(
      ([field, value]): CrmFieldWrite => ({
        field,
        value,
        display: value,
        // A key of its own each time: a value may come back after another took its place.
        idempotencyKey: `import:${randomUUID()}`,
        origin: { kind: 'import' },
      }),
    );
  return { objectType, externalKey, create: { name }, idempotencyKey: randomUUID(), fields, links };
}

/** Fields whose value in force was written by a report or a person. */
async function fieldsOfOthers({ database }: Pick<Needs, 'database'>): Promise<Set<string>> {
  const { rows } = await database.pool.query<{ objectType: string; externalKey: string; field: string }>(
    `select record.object_type as "objectType", record.external_key as "externalKey", value.field
     from crm_value as value join crm_record as record on record.id = value.record_id
     where value.superseded_at is null and value.origin <> 'import' and record.object_type in ('account', 'contact')`,
  );
  return new Set(rows.map((row) => placeOf(row.objectType, row.externalKey, row.field)));
}

function placeOf(objectType: string, externalKey: string, field: string): string {
  return JSON.stringify([objectType, externalKey, field]);
}

async function writeAll(needs: Needs, writes: readonly CrmWrite[]): Promise<number> {
  const connector = createBuiltinConnector(needs);
  const { maxBatch } = connector.capabilities;
  let changed = 0;
  for (let start = 0; start < writes.length; start += maxBatch) {
    const results = await connector.write(writes.slice(start, start + maxBatch));
    for (const result of results) {
      if (result.status === 'written') changed += 1;
      else if (result.status !== 'unchanged')
        throw new Error(`a customer could not be imported: ${result.status}`);
    }
  }
  return changed;
}
