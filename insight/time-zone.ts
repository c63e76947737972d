import type { Database, Tx } from '../platform/database/database.ts';
import { DEFAULT_TIME_ZONE, isTimeZone } from '../platform/time-zone.ts';
import type { Viewer } from './viewer.ts';

/** Key in the company's settings; its value is an IANA name as JSON text. */
export const TIME_ZONE_SETTING = 'company.timeZone';

/** In which the company's days begin. A change calls for `recountDays`. */
export async function companyTimeZone(tx: Pick<Tx, 'setting'>): Promise<string> {
  const setting = await tx.setting.findUnique({ where: { key: TIME_ZONE_SETTING } });
  return typeof setting?.value === 'string' && isTimeZone(setting.value) ? setting.value : DEFAULT_TIME_ZONE;
}

/** In which "today" is meant by the person who looks. */
export async function viewerTimeZone(database: Pick<Database, 'prisma'>, viewer: Viewer): Promise<string> {
  const user = await database.prisma.user.findUnique({
    where: { id: viewer.id },
    select: { timeZone: true },
  });
  return user !== null && isTimeZone(user.timeZone) ? user.timeZone : companyTimeZone(database.prisma);
}
