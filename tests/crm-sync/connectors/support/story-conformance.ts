import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CrmObjectType } from '../../../../crm-sync/connectors/connector.ts';
import { type ConnectorRig, createConnectorRig, type KindUnderTest } from './connector-rig.ts';
import { CRM_FAULTS, type CrmFault, type PlayedCrm } from './played-crm.ts';
import { tellStory } from './sync-story.ts';

export interface StorySuite<Played extends PlayedCrm = PlayedCrm> extends KindUnderTest<Played> {
  /** Fields that the default mappings write to: a text of the activity, a choice of the task or account. */
  story: {
    gone: { objectType: CrmObjectType; field: string };
    choice: { objectType: CrmObjectType; field: string };
  };
  /** What can't go wrong at this CRM, and why. */
  cannot: Partial<Record<CrmFault, string>>;
}

const SHORT_TIMEOUT_MS = 400;
/** What needs nobody: afterwards the CRM must hold what it would hold without it. */
const PASSING: readonly CrmFault[] = CRM_FAULTS.filter(
  (fault) => !['several matches', 'field gone', 'choice refused'].includes(fault),
);

/** What a report and its correction leave behind at the CRM, whatever goes wrong on the way. */
export function storyConformance<Played extends PlayedCrm>(name: string, suite: StorySuite<Played>): void {
  const can = (fault: CrmFault) => suite.cannot[fault] === undefined;

  describe(`connector ${name}, a report and its correction`, () => {
    let rig: ConnectorRig;
    let without: Awaited<ReturnType<typeof tellStory>>;
    beforeAll(async () => {
      rig = await createConnectorRig(suite);
      without = await tellStory(rig, {});
    });
    afterAll(() => rig.close());

    test('without a fault everything arrives, and the correction takes its place', () => {
      expect(without.statuses.failed ?? 0).toBe(0);
      expect(without.statuses.conflict ?? 0).toBe(0);
      expect(without.statuses.written).toBeGreaterThan(5);
      expect(Object.keys(without.records).some((record) => record.startsWith('activity '))).toBe(true);
      expect(without.counts.every((count) => count === 1)).toBe(true);
    });

    for (const when of ['first', 'correction'] as const) {
      test.each(PASSING.filter(can))(`${when}: %s leaves what there would be without it`, async (fault) => {
        const withFault = await tellStory(rig, {
          fault: { kind: fault, when, subject: { objectType: 'activity' } },
          ...(fault === 'slow drip' && { requestTimeoutMs: SHORT_TIMEOUT_MS }),
        });
        expect(rig.played.met()).toBe(true);
        expect(withFault).toEqual(without);
      });
    }

    test.each((['field gone', 'choice refused'] as const).filter(can))(
      '%s: what it does not concern arrives; mended and tried again, all of it is there',
      async (fault) => {
        const subject = fault === 'field gone' ? suite.story.gone : suite.story.choice;
        const withFault = await tellStory(rig, { fault: { kind: fault, when: 'first', subject } });
        expect(withFault.failedOnTheWay.length).toBeGreaterThan(0);
        for (const sentence of withFault.failedOnTheWay) expect(sentence).toMatch(/;.+\.$/);
        expect(withFault.records).toEqual(without.records);
        expect(withFault.counts).toEqual(without.counts);
        expect(withFault.statuses).not.toHaveProperty('failed');
      },
    );
  });
}
