import { z } from 'zod';
import { defineTask, nothing } from '../platform/queue/task.ts';

/** An outbox entry has become due: turn it into ledger entries. */
export const deliverReport = defineTask({
  name: 'deliver-report',
  payload: z.object({ outboxEntryId: z.uuid() }),
});

/** A ledger entry waits: deliver the group that it belongs to. */
export const deliverEntry = defineTask({
  name: 'deliver-entry',
  payload: z.object({ syncEntryId: z.uuid() }),
});

/** Looks for outbox and ledger entries that nobody was woken for. */
export const sweepSync = defineTask({ name: 'sweep-sync', payload: nothing });
