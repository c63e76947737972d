import { z } from 'zod';
import { defineTask, nothing } from '../../platform/queue/task.ts';

/** A connection's import is due, or goes on. */
export const importVocabulary = defineTask({
  name: 'import-vocabulary',
  payload: z.object({ connectorId: z.uuid() }),
});

/** Looks for imports that are due. */
export const sweepImports = defineTask({ name: 'sweep-imports', payload: nothing });
