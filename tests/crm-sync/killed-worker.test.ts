import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { syncStateOfReport } from '../../crm-sync/ledger/sync-state.ts';
import { type BuiltReport, buildAccount, buildReport, buildUser } from '../support/build-report.ts';
import { useEmptyDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';
import { createDeliveryRig, type DeliveryRig } from './delivery-rig.ts';

const RUN = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));
const emptyDatabase = useEmptyDatabase();
let rig: DeliveryRig;
let built: BuiltReport;
async function begin({ forgetful }: { forgetful: boolean }): Promise<void> {
  rig = await createDeliveryRig({ forgetful, db: emptyDatabase() });
  const speakerId = (await buildUser(rig.database, { name: 'Ann Lee' })).id;
  const account = await buildAccount(rig.database, { externalId: 'a1', name: 'Hill Mill' });
  built = await buildReport(rig.database, {
    speakerId,
    accountId: account.id,
    units: [{ text: 'They need a pump.', codes: ['need'] }],
    fields: [{ field: 'product', value: 'p1', display: 'Pump', unit: 1 }],
    nextSteps: [{ text: 'Send the quote', unit: 1, due: '2026-03-06' }],
  });
  await rig.enqueue(built.reportId);
}

/** Runs a worker of its own process until it kills itself. */
async function dieAt(killPoint: string, memory: string): Promise<void> {
  const outbox = await rig.database.prisma.outboxEntry.findFirstOrThrow({
    where: { reportId: built.reportId },
  });
  const script = fileURLToPath(new URL('deliver-and-die.ts', import.meta.url));
  const args = [script, rig.url, outbox.id, killPoint, memory];
  const child = spawn(process.execPath, [RUN, ...args], { stdio: 'inherit' });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  // The server notices the lost connections and gives back their locks.
  await until(async () => {
    const { rows } = await rig.database.pool.query(
      `select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
    return rows.length === 0;
  }, 'the locks of the killed worker to go');
}

// Writes go out by object type: the account first, then the activity and the task. An external CRM neither remembers
// what it took nor minds that a record has changed: there the ledger alone keeps things apart.
test.each([
  ['after-plan', ''],
  ['after-write-1', ''],
  ['after-write-3', ''],
  ['before-write-1', 'forgetful'],
  ['after-write-1', 'forgetful'],
  ['after-write-2', 'forgetful'],
  ['after-write-3', 'forgetful'],
])(
  'killed %s, the next worker brings everything in exactly once %s',
  async (killPoint, memory) => {
    await begin({ forgetful: memory === 'forgetful' });
    await dieAt(killPoint, memory);
    await rig.deliverAll();
    expect(await rig.statuses()).toEqual({ written: expect.any(Number) });
    expect((await syncStateOfReport(rig, built.reportId)).state).toBe('written');
    const records = await rig.database.prisma.crmRecord.findMany({ orderBy: { objectType: 'asc' } });
    expect(records.map(({ objectType }) => objectType)).toEqual(['account', 'activity', 'task']);
    expect(await rig.database.prisma.crmValue.count({ where: { supersededAt: { not: null } } })).toBe(0);
    expect(await rig.fieldsOf('account', 'a1')).toEqual({
      last_meeting: '2026-03-02',
      meeting_notes: `2026-03-02 · Ann Lee · ${built.reference}\nThey need a pump.`,
      needs: `2026-03-02 · Ann Lee · ${built.reference}\n[1] They need a pump.`,
      products: ['Pump'],
    });
  },
  90_000,
);
