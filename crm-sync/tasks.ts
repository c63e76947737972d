import { z } from 'zod';
import { defineTask, nothing } from '../platform/queue/task.ts';

/** An outbox entry has become due: turn it into ledger entries. */
export const deliverReport = defineTask({
  name: 'deliver-report',
  payload: z.object({ outboxEntryId: z.uuid() }),
});

/** Something waits at a connector: deliver all that is due there. One wake is enough for however much that is. */
export const deliverConnector = defineTask({
  name: 'deliver-connector',
  payload: z.object({ connectorId: z.uuid() }),
});

/** A person wants a ledger entry delivered: wakes its connector. */
export const deliverEntry = defineTask({
  name: 'deliver-entry',
  payload: z.object({ syncEntryId: z.uuid() }),
});

/** Looks for outbox and ledger entries that nobody was woken for. */
export const sweepSync = defineTask({ name: 'sweep-sync', payload: nothing });
