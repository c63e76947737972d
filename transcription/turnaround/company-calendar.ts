import { z } from 'zod';
import type { Tx } from '../../platform/database/database.ts';
import { DEFAULT_TIME_ZONE, isTimeZone } from '../../platform/time-zone.ts';
import type { CompanyCalendar } from './due-rule.ts';

/** Keys of the company's settings. The time zone is the one in which its days begin everywhere else, too. */
const TIME_ZONE_SETTING = 'company.timeZone';
const WORKING_DAYS_SETTING = 'company.workingDays';

export const workingDaysInput = z.object({
  weekdays: z.array(z.int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5]),
  holidays: z.array(z.iso.date()).max(500).default([]),
});
export type WorkingDays = z.infer<typeof workingDaysInput>;

/** The company's time zone and working days; Monday to Friday where it has said nothing. */
export async function readCalendar(tx: Pick<Tx, 'setting'>): Promise<CompanyCalendar> {
  const rows = await tx.setting.findMany({
    where: { key: { in: [TIME_ZONE_SETTING, WORKING_DAYS_SETTING] } },
  });
  const settingOf = (key: string) => rows.find((row) => row.key === key)?.value;
  const zone = settingOf(TIME_ZONE_SETTING);
  const days = workingDaysInput.safeParse(settingOf(WORKING_DAYS_SETTING) ?? {});
  return {
    timeZone: typeof zone === 'string' && isTimeZone(zone) ? zone : DEFAULT_TIME_ZONE,
    ...(days.success ? days.data : workingDaysInput.parse({})),
  };
}

/** In the caller's transaction; what is due is to be reckoned anew after it. */
export async function writeWorkingDays(tx: Pick<Tx, 'setting'>, days: WorkingDays): Promise<void> {
  const value = { weekdays: [...days.weekdays], holidays: [...days.holidays] };
  await tx.setting.upsert({
    where: { key: WORKING_DAYS_SETTING },
    create: { key: WORKING_DAYS_SETTING, value },
    update: { value },
  });
}
