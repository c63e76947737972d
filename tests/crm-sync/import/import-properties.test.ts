import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConnection } from '../../../crm-sync/connections/write-connection.ts';
import { createOpenConnector } from '../../../crm-sync/connectors/open-connector.ts';
import { runImport } from '../../../crm-sync/import/run-import.ts';
import { switchImport } from '../../../crm-sync/import/write-import.ts';
import { createSettableClock } from '../../../platform/clock.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { createPlayingCrm } from '../playing-crm.ts';

const clock = createSettableClock(new Date('2026-11-18T20:00:00Z'));
let kit: TestPlatform;
let actorId: string;
let made = 0;

beforeAll(async () => {
  kit = await createTestPlatform({ clock });
  const { id } = await kit.platform.database.prisma.user.create({
    data: { email: 'admin@example.com', name: 'Ada', roles: ['administrator'] },
  });
  actorId = id;
});
afterAll(() => kit.close());

const at = fc.integer({ min: 0, max: 4 });
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('name' as const), at, to: fc.integer({ min: 0, max: 99 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), at, to: at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), at, to: at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('import' as const), at, to: at }) },
);

test('whatever happens there, and whenever it is read: each account of the CRM is one of ours, as it is now', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      made += 1;
      const crm = createPlayingCrm();
      crm.pageSize = 2;
      const entered = {
        name: `CRM ${made}`,
        settings: { origin: 'https://crm.example', edition: 'small' },
        secrets: { token: crm.token },
        keepSecrets: true,
      };
      const { id: connectorId } = await createConnection(kit.platform, crm.kind, { entered, actorId });
      await switchImport(kit.platform, { connectorId, active: true, actorId });
      const deps = { ...kit.platform, openConnector: createOpenConnector(kit.platform, [crm.kind]) };
      const run = async () => {
        clock.advance(20 * 60_000);
        expect(await runImport(deps, connectorId)).toBe('done');
      };

      const there = new Map<number, { name: string; removed: boolean; mergedInto: number | null }>();
      for (const each of steps) {
        if (each.do === 'import') {
          await run();
          continue;
        }
        const record = there.get(each.at);
        if (record?.mergedInto != null) continue;
        if (each.do === 'name')
          there.set(each.at, {
            name: `Run ${made} account ${each.at} ${each.to}`,
            removed: false,
            mergedInto: null,
          });
        else if (record === undefined) continue;
        else if (each.do === 'remove') record.removed = true;
        else {
          const survivor = there.get(each.to);
          if (
            each.to === each.at ||
            survivor === undefined ||
            survivor.removed ||
            survivor.mergedInto !== null
          )
            continue;
          record.mergedInto = each.to;
        }
        const now = there.get(each.at);
        crm.put({
          kind: 'account',
          remoteId: `${made}-${each.at}`,
          name: now?.name ?? '',
          removed: now?.removed ?? false,
          ...(now?.mergedInto != null && { mergedInto: `${made}-${now.mergedInto}` }),
        });
      }
      await run();

      const { rows } = await kit.platform.database.pool.query<{ remoteId: string; name: string }>(
        `select link.remote_id as "remoteId", account.name from account
         join crm_link link on link.external_key = account.external_id and link.object_type = 'account'
         where link.connector_id = $1 and account.active order by account.name`,
        [connectorId],
      );
      const wanted = [...there]
        .filter(([, { removed, mergedInto }]) => !removed && mergedInto === null)
        .map(([key, { name }]) => ({ remoteId: `${made}-${key}`, name }));
      expect(rows).toEqual(wanted.sort((a, b) => (a.name < b.name ? -1 : 1)));
      const merged = await kit.platform.database.prisma.account.findMany({
        where: { name: { startsWith: `Run ${made} ` }, mergedIntoId: { not: null } },
        include: { mergedInto: true },
      });
      // Nobody points to one that became part of another itself.
      for (const { active, mergedInto } of merged)
        expect([active, mergedInto?.mergedIntoId]).toEqual([false, null]);
    }),
    { numRuns: 6 },
  );
});
