import type { Role } from '../prisma/generated/client/client.ts';

/** Who looks. Every query of this folder takes one and shows no more than this person may see. */
export interface Viewer {
  id: string;
  roles: readonly Role[];
}

/** Managers and administrators see the whole company; everybody else what they reported themselves. */
export function seesEverything(viewer: Viewer): boolean {
  return viewer.roles.includes('manager') || viewer.roles.includes('administrator');
}

/**
 * The first two parameters of every query here, for `VISIBLE`.
 *
 *     pool.query(`select ... from report where ${VISIBLE} and ...`, [...visibility(viewer), ...])
 */
export function visibility(viewer: Viewer): [seesEverything: boolean, viewerId: string] {
  return [seesEverything(viewer), viewer.id];
}

/** SQL: whether the row `report` may be seen. Uses $1 and $2. */
export const VISIBLE = '($1::boolean or report.speaker_id = $2::uuid)';
