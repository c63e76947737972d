import { randomUUID } from 'node:crypto';
import { hasTime, newId } from '../../platform/new-id.ts';

/** What lies below it is of surveys, and is destroyed when it is written down. */
export const ANONYMOUS_PREFIX = 'anonymous/';

const ENDINGS = { recordings: '', dictations: '.wav' } as const;

/**
 * A key for one more attempt at storing an audio; no two are the same. Where the id has no time in it, neither has
 * the key, and lies where what nobody points to any more can be found and destroyed.
 */
export function newObjectKey(kind: keyof typeof ENDINGS, id: string): string {
  const isAnonymous = !hasTime(id);
  const folder = `${isAnonymous ? ANONYMOUS_PREFIX : ''}${kind}/${id}`;
  return `${folder}/${isAnonymous ? randomUUID() : newId()}${ENDINGS[kind]}`;
}
