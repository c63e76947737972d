import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataverseKind } from '../../../../crm-sync/connectors/dataverse/dataverse-kind.ts';
import { keyValue, ourKey } from '../../../../crm-sync/connectors/dataverse/key-value.ts';
import type { ImportKind } from '../../../../crm-sync/connectors/import-source.ts';
import { connectorConformance } from '../../connector-conformance.ts';
import { type ConnectorRig, createConnectorRig } from '../support/connector-rig.ts';
import { faultConformance } from '../support/fault-conformance.ts';
import { CLIENT_SECRET, KEY_COLUMN, type PlayedDataverse, playDataverse } from './played-dataverse.ts';

const suite = {
  kind: dataverseKind,
  play: playDataverse,
  settings: ({ origin }: PlayedDataverse) => ({
    url: origin,
    loginOrigin: origin,
    tenant: 'tenant',
    clientId: 'application',
    keyColumn: KEY_COLUMN,
    activityTable: 'phonecall',
  }),
  credentials: { clientSecret: CLIENT_SECRET },
};
const fields = {
  text: 'description',
  otherText: 'category',
  date: 'scheduledend',
  choice: { field: 'prioritycode', allowed: 'High' },
};

connectorConformance('dataverse', async () => {
  const rig = await createConnectorRig(suite);
  return {
    connector: rig.open(),
    another: rig.open(),
    fields,
    alwaysThere: ['subject', 'statecode', 'prioritycode'],
    close: rig.close,
  };
});

faultConformance('dataverse', {
  ...suite,
  fields,
  story: {
    gone: { objectType: 'activity', field: 'description' },
    choice: { objectType: 'task', field: 'statecode' },
  },
  cannot: {
    'daily limit': 'Dataverse counts in windows of five minutes and refuses nothing by the day',
    'several matches': 'an alternate key is unique, and without one the check refuses the connection',
  },
});

describe('dataverse', () => {
  let rig: ConnectorRig<PlayedDataverse>;
  beforeAll(async () => {
    rig = await createConnectorRig(suite);
  });
  afterAll(() => rig.close());

  test('says which key is missing or not ready yet, and that a secret has run out', async () => {
    rig.played.setKeyStatus('Pending');
    const pending = await rig.open().check();
    expect(pending.ok ? '' : pending.message).toMatch(/still making the key on account/);
    rig.played.setKeyStatus('Active');
    const other = dataverseKind.open({
      ...rig.parts(),
      settings: { ...suite.settings(rig.played), keyColumn: 'new_otherkey' },
    });
    const lacking = await other.check();
    expect(lacking.ok ? '' : lacking.message).toMatch(/no alternate key on new_otherkey/);
    const signedOut = dataverseKind.open({
      ...rig.parts(),
      credentials: { read: async () => ({ clientSecret: 'old' }), renew: async (stale) => stale },
    });
    const refused = await signedOut.check();
    expect(refused.ok ? '' : refused.message).toMatch(/client secret is wrong or has run out/);
  });

  test('an account that came by import is written to by its id and gets no key of ours', async () => {
    const { played } = rig;
    const connector = rig.open();
    const id = played.add('account', { name: 'Wabash Canning' });
    await rig.parts().links.keep([{ objectType: 'account', externalKey: 'crm:1', remoteId: id }]);
    const [result] = await connector.write([
      {
        objectType: 'account',
        externalKey: 'crm:1',
        create: { name: 'Wabash' },
        idempotencyKey: 'k',
        links: [],
        fields: [
          {
            field: 'address1_city',
            value: 'Terre Haute',
            display: '',
            idempotencyKey: 'k',
            origin: { kind: 'dictaline' },
          },
        ],
      },
    ]);
    expect(result?.status).toBe('written');
    expect(played.row('account', id)).toMatchObject({ name: 'Wabash Canning', address1_city: 'Terre Haute' });
    expect(played.row('account', id)).not.toHaveProperty(KEY_COLUMN);
  });

  test('what we linked to an account follows a correction, what a person moved stays', async () => {
    const { played } = rig;
    const connector = rig.open();
    const [first, second, third] = ['One', 'Two', 'Three'].map((name) => played.add('account', { name }));
    await rig.parts().links.keep(
      [first, second, third].map((remoteId, index) => ({
        objectType: 'account' as const,
        externalKey: `company-${index}`,
        remoteId: remoteId ?? '',
      })),
    );
    const write = (account: number) =>
      connector.write([
        {
          objectType: 'task',
          externalKey: 'moves',
          create: { name: 'Call' },
          idempotencyKey: 'k',
          links: [{ objectType: 'account', externalKey: `company-${account}`, name: 'Company' }],
          fields: [],
        },
      ]);
    const owner = async () => {
      const id = (await rig.parts().links.remoteIds('task', ['moves'])).get('moves') ?? '';
      return { id, account: played.row('task', id)?._regardingobjectid_value };
    };
    await write(0);
    expect((await owner()).account).toBe(first);
    await write(1);
    expect((await owner()).account).toBe(second);
    played.change('task', (await owner()).id, { _regardingobjectid_value: third });
    expect(await write(0)).toMatchObject([{ status: 'unchanged' }]);
    expect((await owner()).account).toBe(third);
  });

  test('keys of any characters find their record again', () => {
    for (const key of ["o'neill & söhne/1", 'crm:account#1', 'plain-key_1.0', '漢~7e~', '']) {
      expect(ourKey(keyValue(key))).toBe(key);
      expect(keyValue(key)).toMatch(/^[\w.~-]*$/);
    }
  });

  test('reads everything once, then what changed, was merged or deleted; a forgotten link begins anew', async () => {
    const { played } = rig;
    const source = rig.open().importSource;
    const readAll = async (kind: ImportKind, from: string | null) => {
      const records = [];
      let cursor = from;
      for (;;) {
        const page = await source?.page(kind, cursor);
        if (page === undefined) throw new Error('no import');
        records.push(...page.records);
        cursor = page.cursor;
        if (!page.more) return { records, cursor };
      }
    };
    const ids = ['A', 'B', 'C', 'D', 'E'].map((name) =>
      played.add('contact', { lastname: name, jobtitle: `Head of ${name}` }),
    );
    const first = await readAll('contact', null);
    expect(first.records.map(({ name }) => name).sort()).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(first.records.every(({ removed }) => !removed)).toBe(true);

    const [a = '', b = '', c = '', d = ''] = ids;
    played.change('contact', a, { jobtitle: 'CFO' });
    played.change('contact', b, { merged: true, _masterid_value: a, statecode: 1 });
    played.remove('contact', c);
    played.change('contact', d, { statecode: 1 });
    const second = await readAll('contact', first.cursor);
    expect(new Map(second.records.map((record) => [record.remoteId, record]))).toEqual(
      new Map([
        [a, expect.objectContaining({ title: 'CFO', removed: false })],
        [b, expect.objectContaining({ removed: true, mergedInto: a })],
        [c, expect.objectContaining({ removed: true })],
        [d, expect.objectContaining({ removed: true })],
      ]),
    );
    expect((await readAll('contact', second.cursor)).records).toEqual([]);

    played.forgetDeltas();
    expect((await readAll('contact', second.cursor)).records).toHaveLength(4);
  });
});
