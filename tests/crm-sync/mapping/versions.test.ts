import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { KeyedMapping } from '../../../crm-sync/mapping/mapping.ts';
import { readMappings } from '../../../crm-sync/mapping/read-mappings.ts';
import { countRedelivered, redeliver } from '../../../crm-sync/mapping/redeliver.ts';
import { applyDraft } from '../../../crm-sync/mapping/versions/apply-draft.ts';
import {
  changeDraft,
  discardDraft,
  type MappingEdit,
  readState,
} from '../../../crm-sync/mapping/versions/draft-store.ts';
import { listVersions, readVersion } from '../../../crm-sync/mapping/versions/read-versions.ts';
import { Conflict, InvalidInput, NotFound } from '../../../platform/errors.ts';
import { buildAccount, buildReport, buildUser } from '../../support/build-report.ts';
import { createDeliveryRig, type DeliveryRig } from '../delivery-rig.ts';

let rig: DeliveryRig;
let ann: { id: string; name: string };
let ben: { id: string; name: string };
beforeAll(async () => {
  rig = await createDeliveryRig();
  ann = await buildUser(rig.database, { name: 'Ann', roles: ['administrator'] });
  ben = await buildUser(rig.database, { name: 'Ben', roles: ['administrator'] });
});
afterAll(() => rig.drop());
beforeEach(() => discardDraft(rig.database, rig.connectorId));

const state = () => readState(rig.database.prisma, rig.connectorId);
const objects = () => rig.crm.describe();
const find = (mappings: readonly KeyedMapping[], target: string) => {
  const found = mappings.find((each) => `${each.objectType}.${each.targetField}` === target);
  if (!found) throw new Error(`nothing writes ${target}`);
  return found;
};

async function edit(change: MappingEdit, more: { actor?: typeof ann; revision?: number } = {}) {
  const { version, draft } = await state();
  return changeDraft(rig.database, {
    connectorId: rig.connectorId,
    version,
    revision: more.revision ?? draft?.revision ?? 0,
    edit: change,
    actor: more.actor ?? ann,
  });
}
const put = ({ key, ...mapping }: KeyedMapping, more: Partial<KeyedMapping>): MappingEdit => ({
  kind: 'put',
  key,
  mapping: { ...mapping, ...more },
});
const apply = async (note = '') =>
  applyDraft(rig.deps, await objects(), {
    connectorId: rig.connectorId,
    revision: (await state()).draft?.revision ?? 0,
    note,
    actorId: ann.id,
  });

test('a draft changes nothing until it is in force; then the old rows are closed and their keys live on', async () => {
  const before = await state();
  expect(before).toMatchObject({ version: 1, draft: null });
  const stage = find(before.inForce, 'account.stage');
  const sentiment = find(before.inForce, 'account.sentiment');
  await edit(put(stage, { template: 'S: {{value}}', policy: 'fill_if_empty' }));
  await edit({ kind: 'remove', key: sentiment.key });
  const { key: added } = await edit({
    kind: 'put',
    key: null,
    mapping: { ...stage, source: 'report', targetField: 'region', template: '{{report.region}}' },
  });
  expect((await state()).inForce).toEqual(before.inForce);

  expect(await apply('Stage is only filled in')).toEqual({ version: 2, added: 1, changed: 1, removed: 1 });
  const after = await state();
  expect(after).toMatchObject({ version: 2, draft: null });
  expect(find(after.inForce, 'account.stage')).toEqual({
    ...stage,
    template: 'S: {{value}}',
    policy: 'fill_if_empty',
  });
  expect(find(after.inForce, 'account.region').key).toBe(added);
  expect(() => find(after.inForce, 'account.sentiment')).toThrow();
  expect((await readMappings(rig.database.prisma, rig.connectorId)).length).toBe(after.inForce.length);
  const plain = (mappings: readonly { id?: string; key: string }[]) =>
    mappings.map(({ id: _, ...each }) => each).sort((a, b) => a.key.localeCompare(b.key));
  expect(plain(await readVersion(rig.database.prisma, rig.connectorId, 1))).toEqual(plain(before.inForce));
  expect(await listVersions(rig.database.prisma, rig.connectorId)).toMatchObject([
    { version: 2, note: 'Stage is only filled in', createdBy: { name: 'Ann' }, restores: null },
    { version: 1, note: 'As it came with the connection', createdBy: null },
  ]);

  // An earlier version is brought back as the next one.
  await edit({ kind: 'bring_back', version: 1 });
  await apply();
  expect(plain((await state()).inForce)).toEqual(plain(before.inForce));
  expect((await listVersions(rig.database.prisma, rig.connectorId))[0]).toMatchObject({
    version: 3,
    restores: 1,
  });
  expect(
    await rig.database.prisma.auditEntry.findMany({
      where: { action: 'mapping.applied' },
      orderBy: { at: 'asc' },
      select: { actorId: true, detail: true },
    }),
  ).toMatchObject([
    { actorId: ann.id, detail: { version: 2, added: 1, changed: 1, removed: 1 } },
    { detail: { version: 3, added: 1, changed: 1, removed: 1 } },
  ]);
  await expect(readVersion(rig.database.prisma, rig.connectorId, 4)).rejects.toThrow(NotFound);
});

describe('two administrators', () => {
  test('change two mappings: both are kept; the same one: the later is told who was quicker', async () => {
    const { inForce } = await state();
    const stage = find(inForce, 'account.stage');
    const sentiment = find(inForce, 'account.sentiment');
    await Promise.all([
      edit(put(stage, { template: 'Ann' }), { revision: 0 }),
      edit(put(sentiment, { template: 'Ben' }), { actor: ben, revision: 0 }),
    ]);
    const { draft } = await state();
    expect(draft?.revision).toBe(2);
    expect(find(draft?.mappings ?? [], 'account.stage').template).toBe('Ann');
    expect(find(draft?.mappings ?? [], 'account.sentiment').template).toBe('Ben');

    const late = edit(put(stage, { template: 'Ben' }), { actor: ben, revision: 0 });
    await expect(late).rejects.toThrow(Conflict);
    await expect(late).rejects.toMatchObject({ userMessage: expect.stringContaining('Ann changed this') });
    await expect(edit({ kind: 'bring_back', version: 1 }, { revision: 0 })).rejects.toThrow(Conflict);
    expect(find((await state()).draft?.mappings ?? [], 'account.stage').template).toBe('Ann');
  });

  test('put the same draft in force at once: it is in force once', async () => {
    const { inForce, version } = await state();
    await edit(put(find(inForce, 'account.stage'), { template: 'x{{value}}' }));
    const both = await Promise.allSettled([apply(), apply()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await state()).version).toBe(version + 1);
  });

  test('a draft that a version overtook can only be thrown away', async () => {
    const { inForce, version } = await state();
    const stage = find(inForce, 'account.stage');
    await edit(put(stage, { template: 'y{{value}}' }));
    await rig.database.prisma.mappingVersion.create({
      data: { connectorId: rig.connectorId, version: version + 1 },
    });
    expect((await state()).draft?.isStale).toBe(true);
    await expect(apply()).rejects.toThrow(Conflict);
    await expect(edit(put(stage, { template: 'z' }))).rejects.toThrow(Conflict);
    await discardDraft(rig.database, rig.connectorId);
    await edit(put(stage, { template: 'z' }));
  });
});

test('what could not be written is not put in force, and says why', async () => {
  const { inForce } = await state();
  const stage = find(inForce, 'account.stage');
  await edit(put(stage, { targetField: 'no_such_field' }));
  await expect(apply()).rejects.toMatchObject({ userMessage: expect.stringContaining('no such field') });
  await edit({ kind: 'reset', key: stage.key });
  await expect(apply()).rejects.toMatchObject({ userMessage: expect.stringContaining('the same as what') });
  const { draft } = await state();
  const twice = [...(draft?.mappings ?? []), stage];
  await expect(edit({ kind: 'replace', mappings: twice })).rejects.toThrow(InvalidInput);
});

test('reports delivered before follow a new mapping when that is asked for, those without a text never', async () => {
  const account = await buildAccount(rig.database);
  const at = (day: string) => new Date(`${day}T15:00:00Z`);
  const built = await Promise.all(
    ['2026-01-05', '2026-02-05', '2026-02-06'].map((day) =>
      buildReport(rig.database, { accountId: account.id, calledAt: at(day) }),
    ),
  );
  await rig.database.prisma.dictation.update({
    where: { id: built[2]?.dictationId },
    data: { textDestroyedAt: new Date() },
  });
  expect(await countRedelivered(rig.deps, { since: '2026-02-01' })).toBe(1);
  expect(await countRedelivered(rig.deps, { last: 10 })).toBe(2);
  const which = { since: '2026-01-01' };
  const request = { connectorId: rig.connectorId, which, actorId: ann.id };
  expect(await redeliver(rig.deps, request)).toBe(2);
  await rig.deliverAll();
  const written = () => rig.database.prisma.crmValue.count({ where: { supersededAt: null } });
  const values = await written();
  expect(values).toBeGreaterThan(0);
  expect(await redeliver(rig.deps, request)).toBe(2);
  await rig.deliverAll();
  expect(await written()).toBe(values);
});
