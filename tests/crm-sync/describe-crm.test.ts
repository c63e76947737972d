import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBuiltinConnector } from '../../crm-sync/builtin-crm/builtin-connector.ts';
import type { CrmObjectDefinition } from '../../crm-sync/connectors/connector.ts';
import { CrmError } from '../../crm-sync/connectors/crm-error.ts';
import { describeCrm, doubtDescription } from '../../crm-sync/connectors/describe-crm.ts';
import { recheck } from '../../crm-sync/ledger/connector-state.ts';
import { createSettableClock } from '../../platform/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let db: TestDatabase;
const clock = createSettableClock(new Date('2026-03-02T18:00:00Z'));
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const objects = (key: string): CrmObjectDefinition[] => [
  {
    objectType: 'account',
    label: 'Company',
    fields: [{ key, label: key, dataType: 'text', options: [], writable: true }],
  },
];

test('what a CRM says of itself is kept for a while, asked for anew when there is a reason, and outlives the CRM', async () => {
  const { database } = db;
  const { prisma } = database;
  const made = await prisma.connector.create({ data: { kind: 'played', name: 'Played' } });
  const away = new CrmError('transient', 'Played has trouble of its own; it is tried again by itself.');
  let field: string | null = null;
  let asked = 0;
  const connector = {
    ...createBuiltinConnector({ database, clock }),
    describe: async () => {
      asked += 1;
      if (field === null) throw away;
      return objects(field);
    },
  };
  const deps = { database, clock };
  const row = () => prisma.connector.findUniqueOrThrow({ where: { id: made.id } });
  const describe = async (options = {}) => {
    const { objects: found, problem } = await describeCrm(deps, await row(), connector, options);
    return { field: found[0]?.fields[0]?.key, problem, asked };
  };

  await expect(describe()).rejects.toBe(away);
  field = 'one';
  expect(await describe()).toEqual({ field: 'one', problem: null, asked: 2 });
  field = 'two';
  expect(await describe()).toEqual({ field: 'one', problem: null, asked: 2 });
  // A person who has just added a field there.
  expect(await describe({ anew: true })).toEqual({ field: 'two', problem: null, asked: 3 });
  clock.advance(11 * 60_000);
  field = null;
  expect(await describe()).toEqual({ field: 'two', problem: away.message, asked: 4 });
  expect(await describe()).toEqual({ field: 'two', problem: away.message, asked: 4 });
  clock.advance(60_000);
  field = 'three';
  expect(await describe()).toEqual({ field: 'three', problem: null, asked: 5 });

  // What was refused right after it was described is no reason to ask again, later it is.
  await doubtDescription(deps, made.id);
  expect(await describe()).toMatchObject({ asked: 5 });
  clock.advance(2 * 60_000);
  await doubtDescription(deps, made.id);
  expect(await describe()).toMatchObject({ asked: 6 });
  await prisma.connector.update({ where: { id: made.id }, data: { changedAt: new Date() } });
  expect(await describe()).toMatchObject({ asked: 7 });
});

test('a connection that was closed is asked once a minute whether it is open', async () => {
  const { database } = db;
  const checkProblem = 'Played does not let us in; enter its credentials again.';
  const { id } = await database.prisma.connector.create({
    data: { kind: 'played', name: 'Closed', checkProblem, checkedAt: clock.now(), changedAt: new Date(0) },
  });
  const row = () => database.prisma.connector.findUniqueOrThrow({ where: { id } });
  let isOpen = false;
  let checks = 0;
  const connector = {
    ...createBuiltinConnector({ database, clock }),
    check: async () => {
      checks += 1;
      return isOpen ? ({ ok: true } as const) : ({ ok: false, message: 'Still closed.' } as const);
    },
  };
  const ask = async () => recheck({ database, clock }, await row(), connector);
  expect([await ask(), checks]).toEqual([false, 0]);
  clock.advance(61_000);
  expect([await ask(), checks]).toEqual([false, 1]);
  expect(await row()).toMatchObject({ checkProblem: 'Still closed.' });
  clock.advance(61_000);
  isOpen = true;
  expect([await ask(), checks]).toEqual([true, 2]);
  expect(await row()).toMatchObject({ checkProblem: null });
});
