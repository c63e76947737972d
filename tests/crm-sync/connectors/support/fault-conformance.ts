import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CrmConnector, CrmWrite, CrmWriteResult } from '../../../../crm-sync/connectors/connector.ts';
import { CrmError } from '../../../../crm-sync/connectors/crm-error.ts';
import { type ConnectorRig, createConnectorRig } from './connector-rig.ts';
import type { CrmFault, PlayedCrm } from './played-crm.ts';
import { type StorySuite, storyConformance } from './story-conformance.ts';

export interface FaultSuite<Played extends PlayedCrm = PlayedCrm> extends StorySuite<Played> {
  /** Writable text fields of a task, and a choice with a value that it takes. */
  fields: { text: string; otherText: string; choice: { field: string; allowed: string } };
}

const SHORT_TIMEOUT_MS = 400;

/** Connector by fault: what one write tells, and what a report and its correction leave behind at the CRM. */
export function faultConformance<Played extends PlayedCrm>(name: string, suite: FaultSuite<Played>): void {
  const can = (fault: CrmFault) => suite.cannot[fault] === undefined;

  describe(`connector ${name}, one write`, () => {
    let rig: ConnectorRig;
    let connector: CrmConnector;
    beforeAll(async () => {
      rig = await createConnectorRig(suite);
      connector = rig.open();
    });
    afterAll(() => rig.close());

    const write = (externalKey: string, text: string, more: Record<string, string> = {}): CrmWrite => ({
      objectType: 'task',
      externalKey,
      create: { name: 'Call them' },
      idempotencyKey: randomUUID(),
      expectedRevision: undefined,
      links: [],
      fields: Object.entries({ [suite.fields.text]: text, ...more }).map(([field, value]) => ({
        field,
        value,
        display: value,
        idempotencyKey: randomUUID(),
        origin: { kind: 'dictaline' },
      })),
    });
    const key = () => `fault-${randomUUID()}`;
    const only = (results: readonly CrmWriteResult[]) => {
      expect(results).toHaveLength(1);
      const [result] = results;
      if (result === undefined) throw new Error('no result');
      return result;
    };
    const textOf = async (externalKey: string) =>
      (await connector.read('task', [externalKey])).get(externalKey)?.fields[suite.fields.text];

    /** The request as a whole failed, or the record did, for a reason that passes. */
    async function failsInPassing(
      writing: Promise<CrmWriteResult[]>,
    ): Promise<{ retryAfterMs: number | null }> {
      try {
        const result = only(await writing);
        expect(result.status).toBe('transient');
        return { retryAfterMs: result.status === 'transient' ? result.retryAfterMs : null };
      } catch (error) {
        if (!(error instanceof CrmError)) throw error;
        expect(['transient', 'limit']).toContain(error.kind);
        expect(error.message).toMatch(/;.+\.$/);
        return { retryAfterMs: error.retryAfterMs };
      }
    }

    /** Said again, it is there once. */
    async function arrivesOnce(item: CrmWrite, text: string): Promise<void> {
      await rig.forgetPause();
      expect(['written', 'unchanged']).toContain(only(await connector.write([item])).status);
      expect(rig.played.count('task', item.externalKey)).toBe(1);
      expect(await textOf(item.externalKey)).toBe(text);
    }

    const fault = (each: CrmFault, work: () => Promise<void>) =>
      can(each)
        ? test(each, async () => {
            try {
              await work();
            } finally {
              rig.played.mend();
              await rig.forgetPause();
            }
          })
        : test(`${each}: ${suite.cannot[each]}`, () => {
            expect(suite.cannot[each]).toMatch(/\S+ \S+/);
          });

    fault('limit with a time', async () => {
      const item = write(key(), 'after the limit');
      rig.played.arm('limit with a time', { objectType: 'task' });
      const { retryAfterMs } = await failsInPassing(connector.write([item]));
      expect(retryAfterMs).toBeGreaterThan(0);
      expect(rig.played.count('task', item.externalKey)).toBe(0);
      // While the time runs nobody asks again, whatever process it is.
      const before = rig.played.requests();
      await expect(rig.open().write([item])).rejects.toMatchObject({ kind: 'limit' });
      expect(rig.played.requests()).toBe(before);
      await arrivesOnce(item, 'after the limit');
    });

    fault('limit without a time', async () => {
      const item = write(key(), 'after the limit');
      rig.played.arm('limit without a time', { objectType: 'task' });
      await failsInPassing(connector.write([item]));
      expect(rig.played.count('task', item.externalKey)).toBe(0);
      await arrivesOnce(item, 'after the limit');
    });

    fault('daily limit', async () => {
      const item = write(key(), 'the next day');
      rig.played.arm('daily limit', { objectType: 'task' });
      const { retryAfterMs } = await failsInPassing(connector.write([item]));
      // Asking each minute would spend what the company itself needs of its day.
      expect(retryAfterMs).toBeGreaterThanOrEqual(10 * 60_000);
      await arrivesOnce(item, 'the next day');
    });

    fault('token expired', async () => {
      const item = write(key(), 'with a new token');
      await connector.read('task', [item.externalKey]);
      const before = rig.played.tokensGiven();
      rig.played.arm('token expired', { objectType: 'task' });
      expect(only(await connector.write([item])).status).toBe('written');
      expect(rig.played.tokensGiven()).toBe((before ?? 0) + 1);
      expect(await textOf(item.externalKey)).toBe('with a new token');
    });

    fault('conflict', async () => {
      const item = write(key(), 'ours');
      rig.played.arm('conflict', { objectType: 'task', externalKey: item.externalKey });
      const first = await connector.write([item]).catch((error: unknown) => {
        expect(error).toMatchObject({ kind: 'transient' });
        return null;
      });
      if (first !== null)
        expect(['written', 'unchanged', 'conflict', 'transient']).toContain(only(first).status);
      await arrivesOnce(item, 'ours');
    });

    fault('several matches', async () => {
      const item = write(key(), 'one of two');
      await connector.write([item]);
      rig.played.arm('several matches', { objectType: 'task', externalKey: item.externalKey });
      const result = only(await rig.open().write([write(item.externalKey, 'which of them?')]));
      // Either it is known which one is ours, or a person has to say so: nothing is made, nothing is guessed.
      if (result.status === 'permanent') expect(result.message).toMatch(/;.+\.$/);
      else expect(result.status).toBe('written');
      expect(rig.played.count('task', item.externalKey)).toBe(2);
    });

    fault('row locked', async () => {
      const item = write(key(), 'before');
      await connector.write([item]);
      const next = write(item.externalKey, 'after the lock');
      rig.played.arm('row locked', { objectType: 'task', externalKey: item.externalKey });
      await failsInPassing(connector.write([next]));
      expect(await textOf(item.externalKey)).toBe('before');
      await arrivesOnce(next, 'after the lock');
    });

    fault('partial success', async () => {
      const items = ['first', 'second', 'third'].map((text) => write(key(), text));
      rig.played.arm('partial success', { objectType: 'task' });
      const first = (await connector.write(items)).map(({ status }) => status);
      // Which one it is, is chance where a connector writes several at once.
      expect([...first].sort()).toEqual(['transient', 'written', 'written']);
      const again = (await connector.write(items)).map(({ status }) => status);
      expect(again).toEqual(first.map((status) => (status === 'transient' ? 'written' : 'unchanged')));
      for (const { externalKey } of items) expect(rig.played.count('task', externalKey)).toBe(1);
    });

    fault('server error', async () => {
      const item = write(key(), 'after the trouble');
      rig.played.arm('server error', { objectType: 'task' });
      await failsInPassing(connector.write([item]));
      await arrivesOnce(item, 'after the trouble');
    });

    fault('cut off after the write', async () => {
      const item = write(key(), 'it is there');
      rig.played.arm('cut off after the write', { objectType: 'task' });
      await failsInPassing(connector.write([item]));
      expect(rig.played.count('task', item.externalKey)).toBe(1);
      await arrivesOnce(item, 'it is there');
    });

    fault('slow drip', async () => {
      const item = write(key(), 'drop by drop');
      rig.played.arm('slow drip', { objectType: 'task' });
      await failsInPassing(rig.open({ requestTimeoutMs: SHORT_TIMEOUT_MS }).write([item]));
      await arrivesOnce(item, 'drop by drop');
    });

    fault('field gone', async () => {
      const { otherText } = suite.fields;
      const item = write(key(), 'kept', { [otherText]: 'of a field that is gone' });
      rig.played.arm('field gone', { objectType: 'task', field: otherText });
      const result = only(await connector.write([item]));
      expect(result).toMatchObject({ status: 'permanent', field: otherText });
      if (result.status === 'permanent') expect(result.message).toMatch(/;.+\.$/);
      expect(rig.played.count('task', item.externalKey)).toBe(0);
      rig.played.mend();
      await arrivesOnce(item, 'kept');
    });

    fault('choice refused', async () => {
      const { field, allowed } = suite.fields.choice;
      const item = write(key(), 'kept', { [field]: allowed });
      rig.played.arm('choice refused', { objectType: 'task', field });
      const result = only(await connector.write([item]));
      expect(result).toMatchObject({ status: 'permanent', field });
      if (result.status === 'permanent') {
        expect(result.message).toMatch(/;.+\.$/);
        expect(result.message).not.toContain(allowed);
      }
      rig.played.mend();
      await arrivesOnce(item, 'kept');
    });

    test('a record that was deleted there is a conflict for whoever saw it, and can be made again', async () => {
      const item = write(key(), 'first');
      await connector.write([item]);
      const seen = (await connector.read('task', [item.externalKey])).get(item.externalKey);
      rig.played.delete('task', item.externalKey);
      expect((await connector.read('task', [item.externalKey])).size).toBe(0);
      const stale = { ...write(item.externalKey, 'second'), expectedRevision: seen?.revision ?? '' };
      expect(only(await connector.write([stale]))).toEqual({ status: 'conflict', current: null });
      await arrivesOnce({ ...stale, expectedRevision: null }, 'second');
    });

    test('a record that was merged into another is written to where it lives on', async (context) => {
      const { mergeAway } = rig.played;
      if (mergeAway === null) return context.skip('the vendor can not merge these');
      const account = (text: string, expectedRevision?: string | null): CrmWrite => ({
        ...write(externalKey, text),
        objectType: 'account',
        create: { name: 'Wabash Canning' },
        expectedRevision,
        fields: [],
      });
      const externalKey = key();
      await connector.write([account('')]);
      const before = rig.played.total('account');
      mergeAway('account', externalKey);
      expect(rig.played.total('account')).toBe(before);
      const found = (await rig.open().read('account', [externalKey])).get(externalKey);
      expect(found).toMatchObject({ objectType: 'account', externalKey });
      expect(['written', 'unchanged']).toContain(only(await connector.write([account('')])).status);
      expect(rig.played.total('account')).toBe(before);
    });

    test('what it removes is gone, once and for all', async () => {
      const item = write(key(), 'never agreed');
      await connector.write([item]);
      const removal = { objectType: 'task' as const, externalKey: item.externalKey };
      expect(only(await connector.remove([removal])).status).toBe('written');
      expect(rig.played.count('task', item.externalKey)).toBe(0);
      expect(only(await connector.remove([removal])).status).toBe('unchanged');
    });

    test('what it removes must not have been changed by somebody else', async () => {
      const item = write(key(), 'ours');
      await connector.write([item]);
      const seen = (await connector.read('task', [item.externalKey])).get(item.externalKey);
      rig.played.edit('task', item.externalKey, suite.fields.text, 'theirs');
      const removal = { objectType: 'task' as const, externalKey: item.externalKey };
      const result = only(await connector.remove([{ ...removal, expectedRevision: seen?.revision ?? '' }]));
      expect(result).toMatchObject({ status: 'conflict', current: { externalKey: item.externalKey } });
      expect(rig.played.count('task', item.externalKey)).toBe(1);
    });
  });

  storyConformance(name, suite);
}
