import type { SpokenAccount } from '../../../transcription/accounts/find-account.ts';
import type { Prompt } from '../../prompts/prompt.ts';
import { entryOf } from '../login/entry.ts';
import { ask, outcome, PATIENCE, saying } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { askAccount, askAfterwards, listChoices, nameAccount, readChoice, reportOn } from './moves.ts';
import { tellSentence } from './tell-briefing.ts';

const BACK = '0';

/** The list is not read a second time, but its keys stay. */
const ASKED_AGAIN: Prompt[] = [{ say: 'account_again' }];

/**
 * Which account, for a report or a briefing: its short number, or one of the last nine by a single key.
 *
 *     accounts_found     → the question
 *     1 to 9             → that one of the list; there is none of that key: asked again
 *     two digits or more → finding_account or finding_briefing
 *     0                  → finished; nothing three times → finished
 */
export const chooseAccount: StepHandler = (state, input) => {
  const { choosing } = state;
  if (choosing === null) return askAfterwards(state);
  if (input.kind === 'accounts_found') {
    const { accounts } = input;
    return readChoice({ ...state, choosing: { ...choosing, accounts } }, [
      { say: choosing.for === 'briefing' ? 'account_for_briefing' : 'account_for_report' },
      ...listChoices(accounts),
    ]);
  }
  if (input.kind !== 'keys') return readChoice(state, ASKED_AGAIN);
  const digits = entryOf(input.keys);
  if (digits === '') {
    const unheard = state.unheard + 1;
    if (unheard >= PATIENCE) return askAfterwards({ ...state, unheard: 0 });
    return readChoice({ ...state, unheard }, ASKED_AGAIN);
  }
  const here = { ...state, unheard: 0 };
  if (digits === BACK) return askAfterwards(here);
  const isBriefing = choosing.for === 'briefing';
  if (digits.length > 1) {
    return isBriefing
      ? ask(here, 'finding_briefing', { kind: 'find_briefing', account: { shortNumber: digits } })
      : ask(here, 'finding_account', { kind: 'find_account', shortNumber: digits });
  }
  const picked = choosing.accounts[Number(digits) - 1];
  if (picked === undefined) return saying([{ say: 'not_a_choice' }], readChoice(here, ASKED_AGAIN));
  if (!isBriefing) return askConfirm(here, picked);
  return ask(here, 'finding_briefing', { kind: 'find_briefing', account: { accountId: picked.accountId } });
};

/** The account of the number, for a report. */
export const foundAccount: StepHandler = (state, input) => {
  const account = input.kind === 'account_found' ? input.account : null;
  return account === null ? unknownNumber(state) : askConfirm(state, account);
};

/** What is to be told of the account. */
export const foundBriefing: StepHandler = (state, input) => {
  const told = input.kind === 'briefing_found' ? input.briefing : null;
  if (told === null) return unknownNumber(state);
  const about = { name: nameAccount(told.account) };
  const here = { ...state, choosing: null, briefing: { told, place: 0 } };
  return told.sentences.length === 0
    ? saying([{ say: 'briefing_nothing', values: about }], tellSentence(here))
    : saying([{ say: 'briefing_on', values: about }], tellSentence(here));
};

/** A moment to notice that it is not the one; whoever keyed the right number need do nothing. */
const CONFIRM_SECONDS = 2;

/** The account is told: star takes it back, anything else records. */
export const confirmAccount: StepHandler = (state, input, fresh) => {
  const account = state.choosing?.chosen ?? null;
  if (account === null) return askAfterwards(state);
  if (input.kind !== 'keys') return askConfirm(state, account);
  return input.keys === '*' ? askAccount(state, 'report') : reportOn(state, account, fresh);
};

function askConfirm(state: CallState, chosen: SpokenAccount): Outcome {
  return outcome(
    { ...state, choosing: { for: 'report', accounts: [], chosen }, at: 'confirm_account' },
    { kind: 'menu', seconds: CONFIRM_SECONDS },
    [{ say: 'account_chosen', values: { name: nameAccount(chosen) } }],
  );
}

function unknownNumber(state: CallState): Outcome {
  if (state.choosing === null) return askAfterwards(state);
  return saying([{ say: 'account_unknown' }], readChoice(state, ASKED_AGAIN));
}
