import type pg from 'pg';
import { newId } from '../../platform/new-id.ts';

/** What a supervisor did, into the audit log, in the caller's transaction. */
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
           values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [newId(), at, actorId, action, subjectType, subjectId, JSON.stringify(detail)],
  });
}
