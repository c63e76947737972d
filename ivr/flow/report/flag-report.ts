import type { WrongThing } from '../../../transcription/reports/flags/flag-by-phone.ts';
import type { Prompt } from '../../prompts/prompt.ts';
import { askMenu, doing, PATIENCE, saying } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { askAfterwards } from './moves.ts';

/*
 * Something in the CRM is wrong.
 *
 *   finding_reports   the caller's last reports → flag_which; none → finished
 *   flag_which        1 to 5: that one is marked at once → flag_what
 *                     0, * → finished; nothing three times → finished
 *   flag_what         1 customer, 2 numbers, 3 next steps, 4 something else: said → finished
 *                     * takes the mark back → flag_which; nothing three times: it stays marked → finished
 *
 * Whoever loses the line after choosing the report has marked it all the same.
 */

/** By key, 1 the first. */
const WRONG_THINGS: readonly WrongThing[] = ['customer', 'numbers', 'steps', 'other'];

export const foundReports: StepHandler = (state, input) => {
  const reports = input.kind === 'reports_found' ? input.reports : [];
  if (reports.length === 0) return askAfterwards(state, [{ say: 'flag_none' }]);
  return askWhich({ ...state, unheard: 0, flagging: { reports, flagId: null } });
};

function askWhich(state: CallState, prompts: Prompt[] = []): Outcome {
  const reports = state.flagging?.reports ?? [];
  return askMenu(state, 'flag_which', [
    ...prompts,
    { say: 'flag_which' },
    ...reports.map(({ about, day }, index): Prompt => {
      const key = index + 1;
      return about === null
        ? { say: 'flag_key', values: { key, day } }
        : { say: 'flag_key_about', values: { key, name: about, day } };
    }),
  ]);
}

const askWhat = (state: CallState, prompts: Prompt[] = []): Outcome =>
  askMenu(state, 'flag_what', [...prompts, { say: 'flag_what' }]);

export const flagWhich: StepHandler = (state, input, fresh) => {
  const { flagging } = state;
  if (!flagging) return askAfterwards(state);
  if (input.kind !== 'keys') return askWhich(state);
  if (input.keys === '') return silent(state, askWhich);
  const here = { ...state, unheard: 0 };
  if (input.keys === '0' || input.keys === '*' || input.keys === '#') return askAfterwards(here);
  const chosen = flagging.reports[Number(input.keys) - 1];
  if (chosen === undefined) return askWhich(here, [{ say: 'not_a_choice' }]);
  const flagId = fresh.linkId;
  return doing(
    [{ kind: 'flag_report', flagId, reportId: chosen.reportId }],
    askWhat({ ...here, flagging: { ...flagging, flagId } }),
  );
};

export const flagWhat: StepHandler = (state, input) => {
  const flagId = state.flagging?.flagId ?? null;
  if (!state.flagging || flagId === null) return askAfterwards(state);
  if (input.kind !== 'keys') return askWhat(state);
  if (input.keys === '') return silent(state, askWhat, [{ say: 'flag_thanks' }]);
  const here = { ...state, unheard: 0 };
  if (input.keys === '*')
    return doing(
      [{ kind: 'unflag_report', flagId }],
      askWhich({ ...here, flagging: { ...state.flagging, flagId: null } }),
    );
  const what = WRONG_THINGS[Number(input.keys) - 1];
  if (what === undefined) return askWhat(here, [{ say: 'not_a_choice' }]);
  return doing([{ kind: 'say_what_is_wrong', flagId, what }], askAfterwards(here, [{ say: 'flag_thanks' }]));
};

/** Asked again; after the third time the menu comes back. */
function silent(state: CallState, again: (state: CallState) => Outcome, thanks: Prompt[] = []): Outcome {
  const unheard = state.unheard + 1;
  if (unheard < PATIENCE) return again({ ...state, unheard });
  return saying(thanks, askAfterwards({ ...state, unheard: 0 }));
}
