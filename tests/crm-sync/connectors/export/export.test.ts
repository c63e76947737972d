import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportKind } from '../../../../crm-sync/connectors/export/export-kind.ts';
import { type DeliveredField, readChanges } from '../../../../crm-sync/connectors/export/read-changes.ts';
import { renderChanges } from '../../../../crm-sync/connectors/export/render-changes.ts';
import { type ConnectorRig, createConnectorRig } from '../support/connector-rig.ts';
import type { PlayedCrm } from '../support/played-crm.ts';
import { tellStory } from '../support/sync-story.ts';

/** Nobody is there: files wait to be fetched. */
const nobody: PlayedCrm = {
  arm: () => {},
  mend: () => {},
  met: () => false,
  count: () => 1,
  total: () => 0,
  edit: () => {},
  delete: () => {},
  mergeAway: null,
  requests: () => 0,
  tokensGiven: () => null,
  close: async () => {},
};

let rig: ConnectorRig;
let between: Date;
let story: Awaited<ReturnType<typeof tellStory>>;
beforeAll(async () => {
  rig = await createConnectorRig({
    kind: exportKind,
    play: async () => nobody,
    settings: () => ({}),
    credentials: {},
  });
  story = await tellStory(rig, {});
  // The story's correction is an hour after its first delivery.
  between = new Date(rig.clock.now().getTime() - 1800_000);
});
afterAll(() => rig.close());

async function changes(since: Date | null, until = rig.clock.now()): Promise<DeliveredField[]> {
  const fields = [];
  for await (const field of readChanges(rig.database, { connectorId: rig.connectorId, since, until }))
    fields.push(field);
  return fields;
}

async function render(format: 'csv' | 'jsonl', fields: readonly DeliveredField[]): Promise<string> {
  async function* given() {
    yield* fields;
  }
  let text = '';
  for await (const piece of renderChanges(given(), format)) text += piece;
  return text;
}

test('everything that was delivered is in the file, each field once with its last value', async () => {
  const fields = await changes(null);
  const names = fields.map(({ objectType, externalKey, field }) => `${objectType} ${externalKey} ${field}`);
  expect(new Set(names).size).toBe(names.length);
  const stage = fields.find(({ objectType, field }) => objectType === 'account' && field === 'stage');
  expect(stage?.value).toBe('negotiation');
  const told = Object.values(story.records).reduce((sum, record) => sum + Object.keys(record).length, 0);
  expect(fields.filter(({ value }) => value !== null)).toHaveLength(told);
});

test('what changed since the file before is the correction alone, and nothing afterwards', async () => {
  const first = await changes(null, between);
  const second = await changes(between);
  expect(first.length).toBeGreaterThan(second.length);
  expect(second.length).toBeGreaterThan(0);
  expect(first.find(({ field }) => field === 'stage')?.value).toBe('proposal');
  expect(second.find(({ field }) => field === 'stage')?.value).toBe('negotiation');
  expect(second.some(({ field }) => field === 'sentiment')).toBe(false);
  expect(await changes(rig.clock.now(), new Date(rig.clock.now().getTime() + 1000))).toEqual([]);
});

test('JSONL has an object a record, CSV a row a field; a formula is no formula in a spreadsheet', async () => {
  const field: DeliveredField = {
    objectType: 'account',
    externalKey: 'a1',
    recordName: 'Hill Mill',
    field: 'needs',
    value: '=HYPERLINK("http://evil.example")',
    display: '=HYPERLINK("http://evil.example")',
    reportId: 'r',
    unitId: null,
    confirmed: true,
    deliveredAt: new Date('2026-03-02T10:00:00Z'),
  };
  const fields = [
    field,
    { ...field, field: 'stage', value: null, display: '' },
    { ...field, externalKey: 'a2' },
  ];
  const lines = (await render('jsonl', fields))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    {
      objectType: 'account',
      externalKey: 'a1',
      name: 'Hill Mill',
      fields: { needs: { confirmed: true }, stage: { value: null } },
    },
    { externalKey: 'a2' },
  ]);
  const rows = parse(await render('csv', fields), { columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatchObject({
    field: 'needs',
    confirmed: 'yes',
    deliveredAt: '2026-03-02T10:00:00.000Z',
  });
  expect(rows[0]?.value).toBe(`'=HYPERLINK("http://evil.example")`);
  expect(await render('jsonl', [])).toBe('');
});
