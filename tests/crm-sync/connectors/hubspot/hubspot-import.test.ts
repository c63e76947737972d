import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OPEN_GATE } from '../../../../crm-sync/connectors/http/request-gate.ts';
import { createHubspotApi } from '../../../../crm-sync/connectors/hubspot/hubspot-api.ts';
import { readSettings } from '../../../../crm-sync/connectors/hubspot/hubspot-settings.ts';
import { createImportSource } from '../../../../crm-sync/connectors/hubspot/import-records.ts';
import type {
  CrmImportSource,
  ImportedRecord,
  ImportKind,
} from '../../../../crm-sync/connectors/import-source.ts';
import { createSettableClock } from '../../../../platform/clock.ts';
import { type PlayedHubspot, playHubspot, TOKEN } from './played-hubspot.ts';

describe('import from HubSpot', () => {
  let played: PlayedHubspot;
  let source: CrmImportSource;
  const clock = createSettableClock(new Date('2026-03-02T18:00:00Z'));
  beforeEach(async () => {
    played = await playHubspot();
    const credentials = { accessToken: TOKEN };
    const api = createHubspotApi(
      {
        credentials: { read: async () => credentials, renew: async () => credentials },
        gate: () => OPEN_GATE,
        clock,
      },
      readSettings({ origin: played.origin }),
    );
    source = createImportSource({ api, clock });
    later(0);
  });
  afterEach(() => played.close());

  /** Time goes on here and there. */
  function later(ms: number): void {
    played.portal.advance(ms);
    clock.advance(played.portal.now() - clock.now().getTime());
  }

  async function readAll(kind: ImportKind, cursor: string | null) {
    const records: ImportedRecord[] = [];
    let at = cursor;
    for (let pages = 1; pages < 100; pages += 1) {
      const page = await source.page(kind, at);
      records.push(...page.records);
      at = page.cursor;
      if (!page.more) return { records, cursor: at };
    }
    throw new Error('it never ends');
  }

  test('everything once, then what changed, was deleted and was merged', async () => {
    const { portal } = played;
    portal.owners.set('ann@example.com', { id: '7', email: 'Ann@example.com', archived: false });
    const companies = Array.from({ length: 120 }, (_, index) =>
      portal.create('companies', {
        name: `Company ${index}`,
        city: 'Gary',
        hubspot_owner_id: '7',
        lifecyclestage: 'lead',
      }),
    );
    const [one, two, three, four] = companies.map(({ id }) => id);
    const person = portal.create('contacts', { firstname: 'Joe', lastname: 'Hill', jobtitle: 'Buyer' });
    person.properties.associatedcompanyid = one ?? '';
    portal.create('contacts', { email: 'Only@Mail.example' });
    portal.create('products', { name: 'Pump One' });
    later(30 * 60_000);

    const full = await readAll('account', null);
    expect(full.records).toHaveLength(120);
    expect(full.records[0]).toEqual({
      kind: 'account',
      remoteId: one,
      name: 'Company 0',
      removed: false,
      city: 'Gary',
      state: '',
      lifecycle: 'lead',
      ownerRemoteId: '7',
    });
    expect((await readAll('contact', null)).records).toMatchObject([
      { name: 'Joe Hill', title: 'Buyer', accountRemoteId: one },
      { name: 'Only@Mail.example', email: 'only@mail.example' },
    ]);
    expect((await readAll('product', null)).records).toMatchObject([{ name: 'Pump One' }]);
    expect((await readAll('owner', null)).records).toMatchObject([
      { remoteId: '7', email: 'ann@example.com', removed: false },
    ]);

    // Half an hour later; what came last is not in the search yet.
    later(30 * 60_000);
    portal.update('companies', one ?? '', { name: 'Renamed' });
    portal.archive('companies', two ?? '');
    const merged = portal.merge('companies', three ?? '', four ?? '');
    later(60_000);
    const fresh = portal.create('companies', { name: 'Fresh', dictaline_key: 'ours' });
    later(5_000);
    const changed = await readAll('account', full.cursor);
    const told = (id: string | undefined) => changed.records.filter(({ remoteId }) => remoteId === id);
    expect(told(one)).toMatchObject([{ name: 'Renamed', removed: false }]);
    expect(told(two)).toMatchObject([{ removed: true }]);
    expect(told(two)[0]).not.toHaveProperty('mergedInto');
    expect(told(merged.id)).toMatchObject([{ removed: false }]);
    for (const id of [three, four]) {
      expect(told(id).length).toBeGreaterThan(0);
      for (const record of told(id)) expect(record).toMatchObject({ removed: true, mergedInto: merged.id });
    }
    expect(told(fresh.id)).toEqual([]);
    expect(changed.records.length).toBeLessThan(10);
    later(60_000);
    const next = await readAll('account', changed.cursor);
    expect(next.records).toContainEqual(
      expect.objectContaining({ remoteId: fresh.id, externalKey: 'ours', name: 'Fresh' }),
    );

    // Restored from the recycle bin: not told as removed.
    const back = portal.store('companies').get(two ?? '');
    if (back !== undefined) back.archivedAt = null;
    portal.update('companies', two ?? '', { city: 'Elgin' });
    later(60_000);
    const restored = await readAll('account', next.cursor);
    expect(restored.records.filter(({ remoteId }) => remoteId === two)).toMatchObject([{ removed: false }]);
  });

  test('somebody who leaves is told as removed', async () => {
    played.portal.owners.set('gone', { id: '8', email: 'gone@example.com', archived: true });
    const first = await readAll('owner', null);
    expect(first.records).toMatchObject([{ remoteId: '8', removed: true }]);
    expect((await readAll('owner', first.cursor)).records).toHaveLength(1);
  });

  test('more changes at once than a search has results are no end', async () => {
    const { portal } = played;
    portal.searchEnd = 400;
    const start = await readAll('product', null);
    const like = portal.create('products', { name: 'Pump' });
    for (let id = 5001; id <= 5900; id += 1)
      portal.store('products').set(String(id), { ...like, id: String(id) });
    later(60_000);
    const changed = await readAll('product', start.cursor);
    expect(new Set(changed.records.map(({ remoteId }) => remoteId)).size).toBe(901);
  });

  test('a cursor of another version begins anew', async () => {
    played.portal.create('products', { name: 'Pump' });
    expect((await readAll('product', '{"page":7}')).records).toHaveLength(1);
    expect((await readAll('owner', '{"page":7}')).records).toHaveLength(0);
  });
});
