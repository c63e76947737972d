import type { SpokenAccount } from '../../../transcription/accounts/find-account.ts';
import type { Prompt } from '../../prompts/prompt.ts';
import { startRecording } from '../dictating/moves.ts';
import { ask, askMenu, handOver, outcome } from '../moves.ts';
import type { CallState, FreshIds, Outcome } from '../types.ts';
import type { ChoosingFor } from './types.ts';

/** This station is done: the next one before dictating, or recording. */
export function nextBefore(state: CallState): Outcome {
  return handOver(state, 'before_dictating');
}

/**
 * The caller has begun to speak: what was not heard yet is left for the next call. What was said just now was not
 * recorded, so the tone is announced.
 */
export function startAtOnce(state: CallState, fresh: FreshIds): Outcome {
  return startRecording({ ...state, replies: [], question: null }, fresh, [{ say: 'record_at_once' }]);
}

export function askAfterwards(state: CallState, prompts: Prompt[] = []): Outcome {
  const clean: CallState = {
    ...state,
    dictateFor: { kind: 'report', accountId: null },
    dictateAbout: null,
    choosing: null,
    briefing: null,
    ...(state.flagging && { flagging: null }),
  };
  return askMenu(clean, 'finished', [...prompts, { say: 'afterwards' }]);
}

/** Which account: looks up those that a single key stands for. */
export function askAccount(state: CallState, choosingFor: ChoosingFor): Outcome {
  return ask({ ...state, choosing: { for: choosingFor, accounts: [], chosen: null } }, 'choose_account', {
    kind: 'find_last_accounts',
  });
}

/** After a key or a number nobody has long to think; the whole list is heard before that. */
const CHOOSING_SECONDS = 5;

/** Reads the choice: a number ended by pound, or the key of one of the last accounts, with or without pound. */
export function readChoice(state: CallState, prompts: Prompt[]): Outcome {
  return outcome({ ...state, at: 'choose_account' }, { kind: 'entry', seconds: CHOOSING_SECONDS }, prompts);
}

/** Every word of the list costs each caller time: names only. */
export function listChoices(accounts: readonly SpokenAccount[]): Prompt[] {
  if (accounts.length === 0) return [];
  return [
    { say: 'account_last' },
    ...accounts.map(({ name }, index): Prompt => ({ say: 'account_key', values: { key: index + 1, name } })),
  ];
}

/** "Wabash Canning, Terre Haute". */
export function nameAccount({ name, city }: SpokenAccount): string {
  return city === '' ? name : `${name}, ${city}`;
}

/** Records a report on one account. */
export function reportOn(state: CallState, account: SpokenAccount, fresh: FreshIds): Outcome {
  const { accountId, name } = account;
  return startRecording(
    {
      ...state,
      dictateFor: { kind: 'report', accountId },
      dictateAbout: name,
      choosing: null,
      briefing: null,
      unheard: 0,
    },
    fresh,
    [{ say: 'record_about', values: { name } }],
  );
}
