import type { Prompt } from '../../prompts/prompt.ts';
import { ask, outcome } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { keyMapOf, recordingCommandOf } from './key-maps.ts';
import { askPause, finish, mayHoldSpeech, recordKeys, secondsOf, startRecording } from './moves.ts';

/** Between hearing where one is and going on. */
const WAIT_SECONDS = 2;

/** Where the caller is is known now: told, then back to where that was asked. */
export const described: StepHandler = (state, input) => {
  const { reference, backTo } =
    input.kind === 'described' ? input : { reference: null, backTo: 'paused' as const };
  const prompts = describe(state, reference);
  return backTo === 'paused' ? askPause(state, prompts) : tellHelp(state, prompts);
};

function tellHelp(state: CallState, prompts: Prompt[]): Outcome {
  return outcome({ ...state, at: 'helped' }, { kind: 'menu', seconds: WAIT_SECONDS }, [
    ...prompts,
    recordKeys(state),
    { say: 'help_hang_up' },
  ]);
}

/** After help while being recorded: the keys of recording do what they do there; anything else goes on. */
export const helped: StepHandler = (state, input, fresh) => {
  const command = input.kind === 'keys' ? recordingCommandOf(keyMapOf(state.keyMap), input.keys) : undefined;
  switch (command) {
    case 'finish':
      return finish(state);
    case 'pause':
      return askPause(state, [{ say: 'paused' }]);
    case 'help':
      return ask(state, 'describing', { kind: 'where_am_i', backTo: 'recording' });
    default:
      return startRecording(state, fresh, [{ say: 'record_continue' }]);
  }
};

/** Which dictation, about whom, how long so far. */
function describe({ dictation, dictateFor }: CallState, reference: string | null): Prompt[] {
  if (dictation === null) return [];
  const { about = null, isContinued = false, parts, urgent } = dictation;
  const seconds = secondsOf(parts);
  const prompts: Prompt[] = [{ say: whatIs(dictateFor.kind, isContinued) }];
  if (about !== null) prompts.push({ say: 'here_about', values: { about } });
  if (!parts.some(mayHoldSpeech)) prompts.push({ say: 'here_empty' });
  else if (seconds !== null) prompts.push({ say: 'here_length', values: { seconds } });
  if (urgent) prompts.push({ say: 'marked_urgent' });
  if (reference !== null) prompts.push({ say: 'reference', values: { reference } });
  return prompts;
}

function whatIs(kind: CallState['dictateFor']['kind'], isContinued: boolean) {
  switch (kind) {
    case 'report':
      return isContinued ? 'here_report_continued' : 'here_report';
    case 'contribution':
      return isContinued ? 'here_contribution_continued' : 'here_contribution';
    case 'answer':
      return 'here_answer';
    case 'doubt':
      return 'here_passage';
  }
}
