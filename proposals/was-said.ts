import type { Prisma } from '../prisma/generated/client/client.ts';

/**
 * A contribution's row is made when its dictation is opened, so that whatever happens to the call the words know where
 * they belong. A caller who then says nothing leaves it without words: it does not count anywhere, and
 * `sweep-contributions` removes it when no late recording can come any more. What is on hold is not sent, so it does not
 * count yet.
 */
export const WAS_SAID = {
  OR: [{ text: { not: null } }, { dictations: { some: { status: { in: ['submitted', 'transcribed'] } } } }],
} satisfies Prisma.ContributionWhereInput;

/** The same, and what is being said right now or on hold: its section must not go. */
export const MAY_BE_SAID = {
  OR: [{ text: { not: null } }, { dictations: { some: { status: { not: 'discarded' } } } }],
} satisfies Prisma.ContributionWhereInput;

/** WAS_SAID as a condition of SQL; `contribution` is the name of the row. */
export function wasSaid(contribution: string): string {
  return `(${contribution}.text is not null or exists (
    select from dictation said where said.contribution_id = ${contribution}.id
      and said.status in ('submitted', 'transcribed')))`;
}
