import type pg from 'pg';
import { newId } from '../../platform/new-id.ts';

/**
 * What a supervisor did, into the audit log, in the caller's transaction. A job of a survey is not named: the log has
 * times, and nobody may lay them beside somebody's calls.
 */
export async function addAudit(
  client: pg.ClientBase,
  entry: {
    actorId: string;
    action: string;
    subjectType: 'job' | 'line' | 'user' | 'account' | 'turnaround_class' | 'company';
    subjectId: string;
    detail: Record<string, unknown>;
    at: Date;
  },
): Promise<void> {
  const { actorId, action, subjectType, subjectId, detail, at } = entry;
  await client.query({
    name: 'supervision-add-audit',
    text: `insert into audit_entry (id, at, actor_id, action, subject_type, subject_id, detail)
           values ($1, $2, $3, $4, $5,
             case when $5 = 'job' and is_anonymous((select j.dictation_id from job j where j.id = $6::uuid))
               then 'of a survey' else $6::text end, $7)`,
    values: [newId(), at, actorId, action, subjectType, subjectId, JSON.stringify(detail)],
  });
}
