import { randomUUID } from 'node:crypto';
import { newId } from '../../platform/new-id.ts';
import type { FreshIds, LinePurpose } from '../flow/types.ts';

/** Ids for one step. On survey lines there is no time in them: when somebody spoke must not be found out later. */
export function freshIds(purpose: LinePurpose): FreshIds {
  const make = purpose === 'survey' ? randomUUID : () => newId();
  return { dictationId: make(), recordingId: make(), linkId: make() };
}
