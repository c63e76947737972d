import type { Prompt } from '../../prompts/prompt.ts';
import { outcome, saying } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { askInSection, findContribution, placeOf, withPlace } from './moves.ts';
import type { ContributionInPieces, HeardPlace } from './types.ts';

/** After a contribution there is time for a key; within a long one it just goes on. */
const BETWEEN_TWO_SECONDS = 3;
const WITHIN_ONE_SECONDS = 1;

/**
 * Something of what others said was heard: 6 (or listening to its end) goes on, 4 goes back, 5 repeats, `#` ends
 * in the section. A long text comes in pieces.
 */
export const hearContribution: StepHandler = (state, input) => {
  const { hearing } = placeOf(state);
  if (hearing === null) return askInSection(state);
  if (input.kind !== 'keys') return findContribution(state, hearing);
  const here = { ...state, unheard: 0 };
  switch (input.keys) {
    case '':
      return findContribution(here, { ...hearing, piece: hearing.piece + 1 });
    case '6':
      return findContribution(here, { index: hearing.index + 1, piece: 0 });
    case '4':
      return findContribution(here, before(hearing));
    case '5':
      return findContribution(here, hearing);
    case '#':
      return askInSection(withPlace(here, { hearing: null }));
    default:
      return saying([{ say: 'not_a_choice' }], findContribution(here, hearing));
  }
};

/** Back to the beginning of a long one, or to the one before. */
function before({ index, piece }: HeardPlace): HeardPlace {
  return { index: piece > 0 ? index : Math.max(0, index - 1), piece: 0 };
}

/** Who said it and when, then the words; what is not typed yet is heard as it was said. */
export const foundContribution: StepHandler = (state, input) => {
  const hearing = placeOf(state).hearing ?? { index: 0, piece: 0 };
  if (input.kind !== 'contribution_found') return askInSection(state);
  const { contribution } = input;
  if (contribution === null) return noMore(state, hearing);
  const texts = Math.max(1, contribution.pieces.length);
  if (hearing.piece >= texts) return findContribution(state, { index: hearing.index + 1, piece: 0 });
  const isWhole = hearing.piece >= texts - 1;
  return outcome(
    { ...withPlace(state, { hearing }), at: 'hear_contribution' },
    { kind: 'menu', seconds: isWhole ? BETWEEN_TWO_SECONDS : WITHIN_ONE_SECONDS },
    sayPiece(contribution, hearing.piece),
  );
};

function sayPiece(contribution: ContributionInPieces, piece: number): Prompt[] {
  const { index, total, contributor, day, pieces, recordingIds, isIncomplete } = contribution;
  const prompts: Prompt[] = [];
  if (piece === 0) {
    if (index === 0) prompts.push({ say: 'contributions_here', values: { total } });
    prompts.push({ say: 'contribution_by', values: { contributor, day } });
  }
  const text = pieces[piece];
  if (text !== undefined) prompts.push({ speak: text });
  if (piece < pieces.length - 1) return prompts;
  if (recordingIds.length > 0) {
    prompts.push({ say: 'contribution_untyped' });
    for (const playRecordingId of recordingIds) prompts.push({ playRecordingId });
  }
  if (isIncomplete) prompts.push({ say: 'contribution_on_its_way' });
  return prompts;
}

function noMore(state: CallState, { index }: HeardPlace): Outcome {
  const end: Prompt = { say: index === 0 ? 'contributions_none' : 'contributions_end' };
  return askInSection(withPlace(state, { hearing: null }), [end]);
}
