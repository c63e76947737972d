import { z } from 'zod';
import { defineTask, nothing } from '../../platform/queue/task.ts';

/** A pass of a connection was begun, or goes on. */
export const reconcileConnector = defineTask({
  name: 'reconcile-connector',
  payload: z.object({ connectorId: z.uuid() }),
});

/** Begins nightly passes and finds those that nobody is at work on. */
export const sweepReconciliations = defineTask({ name: 'sweep-reconciliations', payload: nothing });
