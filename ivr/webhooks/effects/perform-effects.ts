import type pg from 'pg';
import type { Along } from '../../../platform/database/in-transaction.ts';
import type { CallDeps } from '../../deps.ts';
import type { Effect } from '../../flow/types.ts';
import type { Wakes } from '../wakes.ts';
import { dictatingEffects } from './dictating.ts';
import { proposalEffects } from './proposal.ts';
import { reportEffects } from './report.ts';
import { surveyEffects } from './survey.ts';

export interface EffectContext {
  call: { id: string; lineId: string };
  speakerId: string | null;
  deps: CallDeps;
  now: Date;
  wakes: Wakes;
  along: Along;
}

/** One function for each kind of effect of a group. */
export type PerformersOf<E extends { kind: string }> = {
  readonly [K in E['kind']]: Performer<Extract<E, { kind: K }>>;
};

export interface Performer<E> {
  perform(client: pg.ClientBase, effect: E, context: EffectContext): Promise<unknown>;
  /** Later effects and the answer wait for it, because it decides by what it finds. Costs a round trip. */
  isWaitedFor?: boolean;
}

const PERFORMERS: PerformersOf<Effect> = {
  ...dictatingEffects,
  ...reportEffects,
  ...surveyEffects,
  ...proposalEffects,
};

/**
 * Does what the flow asks for, in its order, in the step's transaction. Each is one statement that nothing waits
 * for, but for those that say so.
 */
export async function performEffects(
  client: pg.ClientBase,
  effects: readonly Effect[],
  context: EffectContext,
): Promise<void> {
  for (const effect of effects) {
    // The table has the performer of exactly this effect's kind.
    const performer = PERFORMERS[effect.kind] as Performer<Effect>;
    const performed = performer.perform(client, effect, context);
    if (performer.isWaitedFor) await performed;
    else context.along(performed);
  }
}
