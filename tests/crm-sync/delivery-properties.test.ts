import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editValue } from '../../crm-sync/builtin-crm/edit-value.ts';
import { findRecordId, recordDetail } from '../../crm-sync/builtin-crm/records.ts';
import {
  type BuiltReport,
  buildAccount,
  buildReport,
  buildUser,
  correctReport,
} from '../support/build-report.ts';
import { createDeliveryRig, type DeliveryRig, type Fault } from './delivery-rig.ts';

let rig: DeliveryRig;
let repId: string;
beforeAll(async () => {
  rig = await createDeliveryRig();
  repId = (await buildUser(rig.database, { name: 'Ann Lee' })).id;
});
afterAll(() => rig.drop());

const stage = fc.constantFrom('proposal', 'negotiation', 'won', 'lost');
const report = fc.integer({ min: 0, max: 1 });
const fault = fc.constantFrom<Fault>(
  { kind: 'lost_before' },
  { kind: 'lost_after' },
  { kind: 'transient', retryAfterMs: null },
  { kind: 'transient', retryAfterMs: 60_000 },
);
const step = fc.oneof(
  fc.record({ do: fc.constant('say' as const), report, stage }),
  fc.record({ do: fc.constant('type' as const), stage }),
  fc.record({ do: fc.constant('note' as const) }),
  fc.record({ do: fc.constant('fail' as const), fault }),
  fc.record({ do: fc.constant('deliver' as const), hours: fc.integer({ min: 0, max: 3 }) }),
);

test('whatever fails, is corrected or typed in between: nobody’s words are lost and nothing is there twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const key = `account-${randomUUID()}`;
      const account = await buildAccount(rig.database, { externalId: key });
      const reports: (BuiltReport | undefined)[] = [];
      const saidLast: (string | undefined)[] = [];
      const notes: string[] = [];
      rig.faults.length = 0;

      for (const each of steps) {
        // What happens at one moment has no order, and the history below goes by it.
        rig.clock.advance(1000);
        if (each.do === 'fail') rig.faults.push(each.fault);
        else if (each.do === 'deliver') {
          rig.clock.advance(each.hours * 3600_000);
          await rig.sweepOnce();
          await rig.sweepOnce();
        } else if (each.do === 'say') {
          const content = {
            units: [{ text: `They are at ${each.stage}.`, codes: ['need'] }],
            fields: [{ field: 'stage', value: each.stage, unit: 1 }],
          };
          const built = reports[each.report];
          saidLast[each.report] = each.stage;
          if (built === undefined) {
            const calledAt = new Date(Date.UTC(2026, 2, 2 + each.report, 15));
            const made = await buildReport(rig.database, {
              speakerId: repId,
              accountId: account.id,
              calledAt,
              ...content,
            });
            reports[each.report] = made;
            await rig.enqueue(made.reportId);
          } else {
            const { version } = await correctReport(rig.database, built, content);
            await rig.enqueue(built.reportId, version);
          }
        } else {
          const recordId = await findRecordId(rig, 'account', key);
          if (recordId === null) continue;
          const record = await recordDetail(rig, recordId);
          const standing =
            record?.fields.find((field) => field.key === 'meeting_notes')?.current?.display ?? '';
          const note = `note ${randomUUID()}`;
          if (each.do === 'note') notes.push(note);
          await editValue(rig, {
            recordId,
            field: each.do === 'type' ? 'stage' : 'meeting_notes',
            text: each.do === 'type' ? each.stage : `${standing}\n\n${note}`,
            revision: record?.revision ?? 0,
            requestId: randomUUID(),
            actorId: repId,
          });
        }
      }
      rig.faults.length = 0;
      await rig.deliverAll();

      const fields = await rig.fieldsOf('account', key);
      for (const note of notes) expect(String(fields.meeting_notes)).toContain(note);
      for (const [index, built] of reports.entries()) {
        if (built === undefined) continue;
        const activity = await rig.fieldsOf('activity', `report-${built.reportId}`);
        expect(activity.text).toContain(`They are at ${saidLast[index]}.`);
        expect(String(fields.meeting_notes).split(built.reference)).toHaveLength(2);
      }
      const recordId = await findRecordId(rig, 'account', key);
      const history = await rig.database.prisma.crmValue.findMany({
        where: { recordId: recordId ?? randomUUID(), field: 'stage' },
        orderBy: { setAt: 'asc' },
      });
      history.forEach((value, index) => {
        if (value.origin === 'dictaline') expect(history[index - 1]?.origin).not.toBe('person');
      });
      expect(history.filter(({ supersededAt }) => supersededAt === null).length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 12 },
  );
}, 180_000);
