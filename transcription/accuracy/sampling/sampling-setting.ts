import type { Tx } from '../../../platform/database/database.ts';
import { parseSampling, type Sampling } from './draw-check.ts';

const SETTING = 'accuracy';

export async function readSampling(tx: Tx): Promise<Sampling> {
  const row = await tx.setting.findUnique({ where: { key: SETTING } });
  return parseSampling(row?.value);
}

/** The last one to save wins; a change is in the audit log. Applies to texts that are finished from now on. */
export async function saveSampling(tx: Tx, sampling: Sampling, actorId: string): Promise<void> {
  await tx.setting.upsert({
    where: { key: SETTING },
    create: { key: SETTING, value: sampling },
    update: { value: sampling },
  });
  const { people, ...company } = sampling;
  await tx.auditEntry.create({
    data: {
      actorId,
      action: 'accuracy.sampling_changed',
      subjectType: 'accuracy',
      subjectId: SETTING,
      detail: { ...company, people: Object.keys(people).length },
    },
  });
}
