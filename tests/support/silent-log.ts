import { createLogger } from '../../platform/log.ts';

/** For whatever wants a log that nobody reads. */
export const silentLog = createLogger({ level: 'silent' });
