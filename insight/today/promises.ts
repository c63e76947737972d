import type { Platform } from '../../platform/platform.ts';
import { localDay } from '../../platform/time-zone.ts';
import { named } from '../row-parts.ts';
import { viewerTimeZone } from '../time-zone.ts';
import { VISIBLE, type Viewer, visibility } from '../viewer.ts';
import { weekOf } from './days.ts';

/** Something that somebody said would be done. */
export interface Promised {
  id: string;
  /** Names it within its report. */
  position: number;
  text: string;
  owner: string;
  /** `YYYY-MM-DD` */
  due: string | null;
  overdue: boolean;
  certainty: 'suggested' | 'confirmed';
  unit: { id: string; number: number } | null;
  report: { id: string; reference: string; calledAt: Date };
  account: { id: string; name: string } | null;
  speaker: { id: string; name: string } | null;
}

/** Promises due from Monday to Sunday of this week that are not done; those whose day has passed are overdue. */
export async function promisesDueThisWeek(
  deps: Pick<Platform, 'database' | 'clock'>,
  viewer: Viewer,
): Promise<Promised[]> {
  const today = localDay(deps.clock.now(), await viewerTimeZone(deps.database, viewer));
  const { from, to } = weekOf(today);
  return openPromises(deps, viewer, { today, from, to });
}

/** Promises of one account that are not done, the first due first, those without a day last. */
export async function openPromisesOfAccount(
  deps: Pick<Platform, 'database' | 'clock'>,
  viewer: Viewer,
  accountId: string,
): Promise<Promised[]> {
  const today = localDay(deps.clock.now(), await viewerTimeZone(deps.database, viewer));
  return openPromises(deps, viewer, { today, accountId });
}

/** Promises of a rep's own reports that are not done, the first due first, those without a day last. */
export async function openPromisesOfSpeaker(
  deps: Pick<Platform, 'database' | 'clock'>,
  userId: string,
): Promise<Promised[]> {
  // Whatever else they may see: as somebody without a role one sees what one said oneself.
  const viewer: Viewer = { id: userId, roles: [] };
  const today = localDay(deps.clock.now(), await viewerTimeZone(deps.database, viewer));
  return openPromises(deps, viewer, { today });
}

async function openPromises(
  { database }: Pick<Platform, 'database'>,
  viewer: Viewer,
  wanted: { today: string; from?: string; to?: string; accountId?: string },
): Promise<Promised[]> {
  const { rows } = await database.pool.query<
    Omit<Promised, 'unit' | 'report' | 'account' | 'speaker'> & {
      unitId: string | null;
      unitNumber: number | null;
      reportId: string;
      reference: string;
      calledAt: Date;
      accountId: string | null;
      accountName: string | null;
      speakerId: string | null;
      speakerName: string | null;
    }
  >(
    `select step.id, step.position, step.text, step.owner, to_char(step.due, 'YYYY-MM-DD') as due,
            coalesce(step.due < $3::date, false) as overdue, step.certainty,
            unit.id as "unitId", unit.number as "unitNumber",
            report.id as "reportId", dictation.reference, report.called_at as "calledAt",
            account.id as "accountId", account.name as "accountName",
            speaker.id as "speakerId", speaker.name as "speakerName"
     from next_step as step
     join report on report.id = step.report_id
     join dictation on dictation.id = report.dictation_id
     left join thought_unit as unit on unit.id = step.unit_id
     left join account on account.id = report.account_id
     left join app_user as speaker on speaker.id = report.speaker_id
     where ${VISIBLE} and step.done_at is null and step.certainty <> 'refused'
       and ($4::date is null or step.due >= $4) and ($5::date is null or step.due <= $5)
       and ($6::uuid is null or report.account_id = $6)
     order by step.due nulls last, report.called_at, step.position, step.id`,
    [...visibility(viewer), wanted.today, wanted.from ?? null, wanted.to ?? null, wanted.accountId ?? null],
  );
  return rows.map((row) => ({
    id: row.id,
    position: row.position,
    text: row.text,
    owner: row.owner,
    due: row.due,
    overdue: row.overdue,
    certainty: row.certainty,
    unit: row.unitId !== null && row.unitNumber !== null ? { id: row.unitId, number: row.unitNumber } : null,
    report: { id: row.reportId, reference: row.reference, calledAt: row.calledAt },
    account: named(row.accountId, row.accountName),
    speaker: named(row.speakerId, row.speakerName),
  }));
}
