import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createConnection } from '../../../crm-sync/connections/write-connection.ts';
import type { CrmFieldValue, CrmObjectType } from '../../../crm-sync/connectors/connector.ts';
import { CrmError } from '../../../crm-sync/connectors/crm-error.ts';
import { createOpenConnector } from '../../../crm-sync/connectors/open-connector.ts';
import { createLanes } from '../../../crm-sync/ledger/deliver-connector.ts';
import { lastPass, listFindings } from '../../../crm-sync/reconciliation/list-findings.ts';
import {
  type ReconcileDeps,
  runReconciliation,
} from '../../../crm-sync/reconciliation/run-reconciliation.ts';
import { settleFinding } from '../../../crm-sync/reconciliation/settle-finding.ts';
import { startPass } from '../../../crm-sync/reconciliation/start-pass.ts';
import { findPasses } from '../../../crm-sync/reconciliation/start-reconciliation.ts';
import { createSettableClock } from '../../../platform/clock.ts';
import { buildReport } from '../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { createPlayingCrm, type PlayingCrm } from '../playing-crm.ts';

const clock = createSettableClock(new Date('2026-11-18T20:00:00Z'));
let kit: TestPlatform;
let crm: PlayingCrm;
let deps: ReconcileDeps;
let connectorId: string;
let actorId: string;
let reportIds: string[];
let made = 0;

beforeAll(async () => {
  kit = await createTestPlatform({ clock });
  const { id } = await kit.platform.database.prisma.user.create({
    data: { email: 'admin@example.com', name: 'Ada', roles: ['administrator'] },
  });
  actorId = id;
  reportIds = [];
  for (let at = 0; at < 2; at += 1)
    reportIds.push((await buildReport(kit.platform.database, { calledAt: clock.now() })).reportId);
});
afterAll(() => kit.close());

beforeEach(async () => {
  crm = createPlayingCrm({ maxBatch: 3 });
  deps = { ...kit.platform, openConnector: createOpenConnector(kit.platform, [crm.kind]) };
  await connect();
});

async function connect(): Promise<void> {
  made += 1;
  const entered = {
    name: `CRM ${made}`,
    settings: { origin: 'https://crm.example', edition: 'small' },
    secrets: { token: crm.token },
    keepSecrets: true,
  };
  ({ id: connectorId } = await createConnection(kit.platform, crm.kind, { entered, actorId }));
}

async function deliver(): Promise<void> {
  const { prisma } = kit.platform.database;
  await prisma.connector.update({ where: { id: connectorId }, data: { active: true } });
  await createLanes(deps).run(connectorId, async () => {});
}

interface Written {
  key: string;
  field: string;
  policy?: string;
  value: CrmFieldValue;
  report?: number;
  objectType?: CrmObjectType;
}

/** In the ledger and in the CRM. */
async function write(...list: Written[]): Promise<void> {
  for (const { key, field, policy = 'overwrite_ours', value, report = 0, objectType = 'account' } of list) {
    clock.advance(1000);
    const place = `${objectType} ${key}`;
    const record = crm.records.get(place) ?? { name: key, fields: {}, revision: 1, copies: 1 };
    const before = record.fields[field] ?? null;
    const after =
      policy === 'append_dated' && before !== null
        ? `${value}\n\n${before}`
        : Array.isArray(value)
          ? [...new Set([...(Array.isArray(before) ? before : []), ...value])]
          : value;
    record.fields[field] = after;
    crm.records.set(place, record);
    made += 1;
    await kit.platform.database.prisma.syncEntry.create({
      data: {
        connectorId,
        reportId: reportIds[report] ?? '',
        idempotencyKey: `k${made}`,
        objectType,
        externalKey: key,
        targetField: field,
        policy,
        desired: {
          value: value as string,
          display: '',
          source: field,
          unitId: null,
          confirmedById: null,
          recordName: key,
          links: [],
        },
        previous: before as string,
        written: after as string,
        status: 'written',
        createdAt: clock.now(),
        writtenAt: clock.now(),
      },
    });
  }
}

async function pass() {
  clock.advance(60_000);
  await startPass(deps, { connectorId, actorId });
  return runReconciliation(deps, connectorId);
}

const findings = async () =>
  (await listFindings(kit.platform, { connectorId, limit: 1000 }))
    .map(({ kind, objectType, externalKey, field, ours }) =>
      [kind, objectType, externalKey, field, field === '' ? '' : JSON.stringify(ours)].join(' '),
    )
    .sort();

const at = (key: string, objectType = 'account') => {
  const record = crm.records.get(`${objectType} ${key}`);
  if (record === undefined) throw new Error(`no record ${key}`);
  return record;
};

describe('differences', () => {
  const drift = fc.constantFrom(
    'nothing',
    'stage changed',
    'stage emptied',
    'record removed',
    'record doubled',
    'one block gone',
    'text around',
    'item gone',
    'item more',
    'city changed',
    'stage trimmed',
  );

  test('what drifted is found, all of it and nothing else, however the pass is disturbed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(drift, { minLength: 1, maxLength: 8 }),
        fc.array(fc.constantFrom('limit', 'transient', 'killed', 'fine'), { maxLength: 6 }),
        async (drifts, faults) => {
          crm.records.clear();
          await connect();
          const truth: string[] = [];
          for (const [n, what] of drifts.entries()) {
            const key = `a${n}`;
            await write(
              { key, field: 'stage', value: 'won' },
              { key, field: 'notes', value: 'Mon\nfirst', policy: 'append_dated' },
              { key, field: 'notes', value: 'Tue\nsecond', policy: 'append_dated', report: 1 },
              { key, field: 'products', value: ['Pump'] },
              { key, field: 'products', value: ['Seal'], report: 1 },
              { key, field: 'city', value: 'Peru', policy: 'fill_if_empty' },
            );
            const { fields } = at(key);
            if (what === 'stage changed') {
              fields.stage = 'lost';
              truth.push(`differs account ${key} stage "won"`);
            } else if (what === 'stage emptied') {
              fields.stage = null;
              truth.push(`lacks account ${key} stage "won"`);
            } else if (what === 'record removed') {
              crm.records.delete(`account ${key}`);
              truth.push(`gone account ${key}  `);
            } else if (what === 'record doubled') {
              at(key).copies = 2;
              truth.push(`doubled account ${key}  `);
            } else if (what === 'one block gone') {
              fields.notes = 'Tue\nsecond';
              truth.push(`lacks account ${key} notes ${JSON.stringify('Mon\nfirst')}`);
            } else if (what === 'item gone') {
              fields.products = ['Seal'];
              truth.push(`lacks account ${key} products ["Pump"]`);
            } else if (what === 'text around') fields.notes = `Ours\r\n\r\n${fields.notes}\n\nmore`;
            else if (what === 'item more') fields.products = ['Hose', 'Seal', 'Pump'];
            else if (what === 'city changed') fields.city = 'Lima';
            else if (what === 'stage trimmed') fields.stage = ' won\n';
          }
          await startPass(deps, { connectorId, actorId });
          const open = [...faults];
          let outcome = '';
          for (let round = 0; outcome !== 'done'; round += 1) {
            expect(round).toBeLessThan(20);
            clock.advance(10 * 60_000);
            const fault = open.shift();
            crm.errors =
              fault === undefined || fault === 'fine'
                ? []
                : [fault === 'killed' ? new Error('killed') : new CrmError(fault as 'limit', 'Wait.')];
            outcome = await runReconciliation(deps, connectorId);
          }
          expect(await findings()).toEqual(truth.sort());
          expect(await lastPass(kit.platform, connectorId)).toMatchObject({
            records: drifts.length,
            found: truth.length,
          });
        },
      ),
      { numRuns: 8 },
    );
  });

  test('twice it is the same; at once by two, one works; what vanished is closed', async () => {
    await write({ key: 'a', field: 'stage', value: 'won' }, { key: 'b', field: 'stage', value: 'won' });
    at('a').fields.stage = 'lost';
    at('b').fields.stage = 'lost';
    clock.advance(60_000);
    await startPass(deps, { connectorId, actorId });
    const outcomes = await Promise.all([
      runReconciliation(deps, connectorId),
      runReconciliation(deps, connectorId),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(await findings()).toHaveLength(2);
    const ids = (await listFindings(kit.platform, { connectorId, limit: 9 })).map(({ id }) => id);
    await pass();
    expect((await listFindings(kit.platform, { connectorId, limit: 9 })).map(({ id }) => id)).toEqual(ids);
    at('a').fields.stage = 'won';
    await pass();
    expect(await findings()).toEqual(['differs account b stage "won"']);
    expect(await lastPass(kit.platform, connectorId)).toMatchObject({ found: 0, vanished: 1 });
  });

  test('what is written while the CRM is asked is no finding', async () => {
    await write({ key: 'a', field: 'stage', value: 'won' });
    at('a').fields.stage = 'lost';
    const { prisma } = kit.platform.database;
    const real = deps.openConnector;
    const during: ReconcileDeps = {
      ...deps,
      openConnector: (row) => {
        const connector = real(row);
        return connector === null
          ? null
          : {
              ...connector,
              read: async (...asked) => {
                const answer = await connector.read(...asked);
                await prisma.syncEntry.updateMany({ where: { connectorId }, data: { status: 'waiting' } });
                return answer;
              },
            };
      },
    };
    clock.advance(60_000);
    await startPass(deps, { connectorId, actorId });
    expect(await runReconciliation(during, connectorId)).toBe('done');
    expect(await findings()).toEqual([]);
  });

  test('the oldest looked at comes first, as many at a time as the CRM gives', async () => {
    for (const key of ['a', 'b', 'c', 'd']) await write({ key, field: 'stage', value: 'won' });
    const before = crm.requests;
    await pass();
    expect(crm.requests - before).toBe(2);
    await write({ key: 'e', field: 'stage', value: 'won' });
    at('e').fields.stage = 'lost';
    at('d').fields.stage = 'lost';
    clock.advance(60_000);
    await startPass(deps, { connectorId, actorId });
    // The second request of the pass meets a limit: the new one was in the first.
    const asked = crm.requests;
    const run = runReconciliation({ ...deps, openConnector: limitAfter(asked + 1) }, connectorId);
    expect(await run).toBe('waits');
    expect(await findings()).toEqual(['differs account e stage "won"']);
    expect(await lastPass(kit.platform, connectorId)).toMatchObject({ endedAt: null, problem: 'Wait.' });
    expect(await runReconciliation(deps, connectorId)).toBe('nothing');
    clock.advance(120_000);
    expect(await runReconciliation(deps, connectorId)).toBe('done');
    expect(await findings()).toHaveLength(2);
  });

  function limitAfter(requests: number): ReconcileDeps['openConnector'] {
    return (row) => {
      const connector = deps.openConnector(row);
      if (connector === null) return null;
      return {
        ...connector,
        async read(...asked) {
          if (crm.requests >= requests) throw new CrmError('limit', 'Wait.', { retryAfterMs: 90_000 });
          return connector.read(...asked);
        },
      };
    };
  }
});

describe('remedies', () => {
  const first = async () => (await listFindings(kit.platform, { connectorId, limit: 1 }))[0]?.id ?? '';

  test('ours is written again over what the person saw, and over nothing else', async () => {
    await write(
      { key: 'a', field: 'stage', value: 'won' },
      { key: 'a', field: 'notes', value: 'Mon\nfirst', policy: 'append_dated' },
      { key: 'b', field: 'stage', value: 'won' },
    );
    at('a').fields = { stage: 'lost', notes: 'hand-made' };
    at('b').fields.stage = 'lost';
    await pass();
    for (const { id } of await listFindings(kit.platform, { connectorId, limit: 9 })) {
      const twice = [1, 2].map(() =>
        settleFinding(kit.platform, { findingId: id, remedy: 'write_ours', actorId }),
      );
      await Promise.all(twice);
    }
    at('b').fields.stage = 'cold';
    await deliver();
    expect(at('a').fields).toEqual({ stage: 'won', notes: 'Mon\nfirst\n\nhand-made' });
    expect(at('b').fields.stage).toBe('cold');
    const { prisma } = kit.platform.database;
    expect(await prisma.syncEntry.count({ where: { connectorId, status: 'conflict' } })).toBe(1);
    expect(await prisma.syncEntry.count({ where: { connectorId } })).toBe(6);
    await pass();
    expect(await findings()).toEqual([]);
  });

  test('a record that is gone is made again with all that stood in it', async () => {
    await write(
      { key: 'a', field: 'stage', value: 'won' },
      { key: 'a', field: 'products', value: ['Pump'] },
      { key: 'a', field: 'products', value: ['Seal'], report: 1 },
    );
    crm.records.clear();
    await pass();
    const { waitingEntryId } = await settleFinding(kit.platform, {
      findingId: await first(),
      remedy: 'write_ours',
      actorId,
    });
    expect(waitingEntryId).not.toBeNull();
    await deliver();
    const { name, fields } = at('a');
    expect({ name, stage: fields.stage }).toEqual({ name: 'a', stage: 'won' });
    // Two entries made in one millisecond have no order, and a list's has no meaning.
    expect([fields.products].flat().sort()).toEqual(['Pump', 'Seal']);
  });

  test('theirs is accepted: the ledger claims it no more', async () => {
    await write(
      { key: 'a', field: 'stage', value: 'won' },
      { key: 'a', field: 'stage', value: 'lost', report: 1 },
    );
    at('a').fields.stage = 'cold';
    await pass();
    await settleFinding(kit.platform, { findingId: await first(), remedy: 'accept_theirs', actorId });
    at('a').fields.stage = 'frozen';
    await pass();
    expect(await findings()).toEqual([]);
  });

  test('ignored as it is, told again when it is otherwise', async () => {
    await write({ key: 'a', field: 'stage', value: 'won' });
    at('a').fields.stage = 'lost';
    await pass();
    const findingId = await first();
    await settleFinding(kit.platform, { findingId, remedy: 'ignore', actorId });
    await pass();
    expect(await findings()).toEqual([]);
    at('a').fields.stage = 'cold';
    await pass();
    expect(await findings()).toHaveLength(1);
    await expect(settleFinding(kit.platform, { findingId, remedy: 'write_ours', actorId })).rejects.toThrow();
  });

  test('a doubled record is put right in the CRM', async () => {
    await write({ key: 't', field: 'what', value: 'Call', objectType: 'task' });
    at('t', 'task').copies = 2;
    await pass();
    const findingId = await first();
    await expect(settleFinding(kit.platform, { findingId, remedy: 'write_ours', actorId })).rejects.toThrow();
    at('t', 'task').copies = 1;
    await pass();
    expect(await findings()).toEqual([]);
  });
});

test('passes begin at night, once, where there is something to read back', async () => {
  await write({ key: 'a', field: 'stage', value: 'won' });
  const { prisma } = kit.platform.database;
  await prisma.connector.updateMany({ data: { active: false } });
  await prisma.connector.update({ where: { id: connectorId }, data: { active: true } });
  await prisma.reconciliation.deleteMany();
  clock.set(new Date('2026-11-20T02:00:00Z'));
  expect(await findPasses(deps)).toEqual([]);
  clock.set(new Date('2026-11-20T08:00:00Z'));
  expect(await findPasses(deps)).toEqual([connectorId]);
  expect(await findPasses(deps)).toEqual([connectorId]);
  expect(await runReconciliation(deps, connectorId)).toBe('done');
  expect(await findPasses(deps)).toEqual([]);
});
