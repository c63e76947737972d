import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  CrmConnector,
  CrmFieldValue,
  CrmSnapshot,
  CrmWrite,
} from '../../crm-sync/connectors/connector.ts';

export interface ConnectorUnderTest {
  connector: CrmConnector;
  /** Another connector onto the same CRM, as another process would have. */
  another: CrmConnector;
  /**
   * Fields of the CRM under test, by what the suite needs them for; on `task`, which every CRM lets us make.
   * `choice` names one value that is allowed.
   */
  fields: { text: string; otherText: string; date: string; choice: { field: string; allowed: string } };
  /** What a record that was just made has besides what we wrote, such as a vendor's own default of a status. */
  alwaysThere?: readonly string[];
  close(): Promise<void>;
}

/** What every connector must hold to, against a CRM that behaves as the real one does. */
export function connectorConformance(name: string, open: () => Promise<ConnectorUnderTest>): void {
  describe(`connector: ${name}`, () => {
    let under: ConnectorUnderTest;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(() => under.close());

    const key = () => `conformance-${randomUUID()}`;

    function write(
      externalKey: string,
      fields: Record<string, CrmFieldValue>,
      more: Partial<CrmWrite> = {},
    ): CrmWrite {
      return {
        objectType: 'task',
        externalKey,
        create: { name: 'Call them' },
        idempotencyKey: randomUUID(),
        expectedRevision: undefined,
        links: [],
        fields: Object.entries(fields).map(([field, value]) => ({
          field,
          value,
          display: String(value),
          idempotencyKey: randomUUID(),
          origin: { kind: 'dictaline' },
        })),
        ...more,
      };
    }

    const writeOne = async (item: CrmWrite, connector = under.connector) => {
      const results = await connector.write([item]);
      expect(results).toHaveLength(1);
      const [result] = results;
      if (result === undefined) throw new Error('no result');
      return result;
    };
    /** What a record holds besides what the CRM puts into every new one. */
    const oursOf = (snapshot: CrmSnapshot | undefined) =>
      Object.fromEntries(
        Object.entries(snapshot?.fields ?? {}).filter(([field]) => !under.alwaysThere?.includes(field)),
      );
    const readOne = async (externalKey: string) =>
      (await under.connector.read('task', [externalKey])).get(externalKey);

    test('says that it is reachable', async () => {
      expect(await under.connector.check()).toEqual({ ok: true });
    });

    test('describes the fields that it is tested with', async () => {
      const task = (await under.connector.describe()).find(({ objectType }) => objectType === 'task');
      const keys = task?.fields.map((field) => field.key);
      const { text, otherText, date, choice } = under.fields;
      expect(keys).toEqual(expect.arrayContaining([text, otherText, date, choice.field]));
      expect(task?.fields.find((field) => field.key === choice.field)?.options).toContain(choice.allowed);
    });

    test('reads nothing of a record that does not exist, and nobody else’s', async () => {
      expect((await under.connector.read('task', [key(), key()])).size).toBe(0);
      expect((await under.connector.read('task', [])).size).toBe(0);
    });

    test('writes every type of value and reads it back', async () => {
      const { text, date, choice } = under.fields;
      const externalKey = key();
      const fields = {
        [text]: 'Send it\nby mail “today” ✓',
        [date]: '2026-03-31',
        [choice.field]: choice.allowed,
      };
      const result = await writeOne(write(externalKey, fields));
      expect(result.status).toBe('written');
      const snapshot = await readOne(externalKey);
      expect(snapshot).toMatchObject({ objectType: 'task', externalKey, fields });
      expect(result).toMatchObject({ revision: snapshot?.revision });
    });

    test('leaves other fields alone, empties a field on null, and changes the revision', async () => {
      const { text, otherText } = under.fields;
      const externalKey = key();
      await writeOne(write(externalKey, { [text]: 'one', [otherText]: 'two' }));
      const before = await readOne(externalKey);
      await writeOne(write(externalKey, { [text]: null }));
      const after = await readOne(externalKey);
      expect(after?.fields).not.toHaveProperty(text);
      expect(after?.fields[otherText]).toBe('two');
      expect(after?.revision).not.toBe(before?.revision);
    });

    test('the same write again is one write', async () => {
      const { text } = under.fields;
      const item = write(key(), { [text]: 'once' }, { expectedRevision: null });
      expect((await writeOne(item)).status).toBe('written');
      const before = await readOne(item.externalKey);
      const repeated = await writeOne({ ...item, expectedRevision: before?.revision });
      expect(repeated).toEqual({ status: 'unchanged', revision: before?.revision });
      expect(await readOne(item.externalKey)).toEqual(before);
    });

    test('a value that is there already changes nothing', async () => {
      const { text } = under.fields;
      const externalKey = key();
      await writeOne(write(externalKey, { [text]: 'same' }));
      const before = await readOne(externalKey);
      expect((await writeOne(write(externalKey, { [text]: 'same' }))).status).toBe('unchanged');
      expect(await readOne(externalKey)).toEqual(before);
    });

    test('many at once make one record', async () => {
      const { text } = under.fields;
      const externalKey = key();
      const item = write(externalKey, { [text]: 'one record' });
      const results = await Promise.all(
        [under.connector, under.another, under.connector, under.another].map((connector) =>
          writeOne(item, connector),
        ),
      );
      const statuses = results.map(({ status }) => status).sort();
      if (under.connector.capabilities.remembersKeys)
        expect(statuses).toEqual(['unchanged', 'unchanged', 'unchanged', 'written']);
      else {
        // A CRM that does not know a write again may take the same value twice, or ask one of the writers to wait.
        expect(statuses).toContain('written');
        for (const status of statuses)
          expect(['written', 'unchanged', 'transient', 'conflict']).toContain(status);
      }
      expect((await readOne(externalKey))?.matches ?? 1).toBe(1);
      expect((await readOne(externalKey))?.fields[text]).toBe('one record');
    });

    test('a record at another revision is a conflict, told with what stands there, and nothing is written', async () => {
      const { text, otherText } = under.fields;
      const externalKey = key();
      await writeOne(write(externalKey, { [text]: 'first' }));
      const seen = await readOne(externalKey);
      await writeOne(write(externalKey, { [text]: 'somebody else' }), under.another);
      const result = await writeOne(
        write(externalKey, { [text]: 'ours', [otherText]: 'ours too' }, { expectedRevision: seen?.revision }),
      );
      const now = await readOne(externalKey);
      expect(result).toEqual({ status: 'conflict', current: now });
      expect(oursOf(now)).toEqual({ [text]: 'somebody else' });
    });

    test('a record that was to be new and is there, or was there and is not, is a conflict', async () => {
      const { text } = under.fields;
      const externalKey = key();
      const missing = await writeOne(write(externalKey, { [text]: 'a' }, { expectedRevision: '1' }));
      expect(missing).toEqual({ status: 'conflict', current: null });
      expect(await readOne(externalKey)).toBeUndefined();
      await writeOne(write(externalKey, { [text]: 'theirs' }));
      const there = await writeOne(write(externalKey, { [text]: 'a' }, { expectedRevision: null }));
      expect(there).toMatchObject({ status: 'conflict', current: { fields: { [text]: 'theirs' } } });
    });

    test('a record that must exist and does not is not made', async () => {
      const externalKey = key();
      const result = await writeOne(write(externalKey, { [under.fields.text]: 'a' }, { create: null }));
      expect(result).toMatchObject({ status: 'permanent', field: null });
      expect(await readOne(externalKey)).toBeUndefined();
    });

    test('a value or field that the CRM refuses fails alone, names the field, and says what to do', async () => {
      const { text, choice } = under.fields;
      const [good, badChoice, badField] = [key(), key(), key()];
      const results = await under.connector.write([
        write(badChoice, { [text]: 'x', [choice.field]: 'no such choice' }),
        write(good, { [text]: 'good' }),
        write(badField, { no_such_field: 'x' }),
      ]);
      expect(results).toMatchObject([
        { status: 'permanent', field: choice.field },
        { status: 'written' },
        { status: 'permanent', field: 'no_such_field' },
      ]);
      for (const result of results) {
        if (result.status === 'permanent') expect(result.message).toMatch(/;.+\.$/);
      }
      // All of a record's fields or none.
      expect(await readOne(badChoice)).toBeUndefined();
      expect(oursOf(await readOne(good))).toEqual({ [text]: 'good' });
    });

    test('results stand in the order of the writes', async () => {
      const { text } = under.fields;
      const keys = Array.from({ length: Math.min(20, under.connector.capabilities.maxBatch) }, key);
      await under.connector.write(
        keys.map((externalKey, index) => write(externalKey, { [text]: `task ${index}` })),
      );
      const found = await under.connector.read('task', keys);
      const results = await under.connector.write(
        keys.map((externalKey, index) =>
          write(externalKey, { [text]: index % 2 === 0 ? `task ${index}` : 'changed' }),
        ),
      );
      expect(found.size).toBe(keys.length);
      expect(results.map(({ status }) => status)).toEqual(
        keys.map((_, index) => (index % 2 === 0 ? 'unchanged' : 'written')),
      );
    });

    test('remembers keys, if it says so', async () => {
      const item = write(key(), { [under.fields.text]: 'remember' });
      await writeOne(item);
      const taken = item.fields[0]?.idempotencyKey ?? '';
      const never = randomUUID();
      const applied = await under.connector.appliedKeys('task', [taken, never]);
      if (under.connector.capabilities.remembersKeys) expect([...applied]).toEqual([taken]);
      expect(applied.has(never)).toBe(false);
    });

    test('a write that was taken is not done again over what somebody wrote since, if keys are remembered', async () => {
      const { text } = under.fields;
      const item = write(key(), { [text]: 'ours' });
      await writeOne(item);
      await writeOne(write(item.externalKey, { [text]: 'theirs' }), under.another);
      const before = await readOne(item.externalKey);
      if (!under.connector.capabilities.remembersKeys) return;
      expect(await writeOne(item)).toEqual({ status: 'unchanged', revision: before?.revision });
      expect(await readOne(item.externalKey)).toEqual(before);
    });
  });
}
