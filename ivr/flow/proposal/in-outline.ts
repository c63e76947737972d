import type { OutlineMove } from '../../../proposals/outline-walk.ts';
import type { Prompt } from '../../prompts/prompt.ts';
import { leave } from '../dictating/moves.ts';
import { askMenu, saying } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { askSection, lookUpSection, orLeave, placeOf, walkOutline, withPlace } from './moves.ts';

/** As the keys lie on the telephone: up and down on one level, to the right into a section, to the left out. */
const WAYS: Readonly<Record<string, OutlineMove>> = { '2': 'previous', '8': 'next', '6': 'into', '4': 'out' };

/** Number and title of where the caller stands. */
function askWay(state: CallState, { isFirst = false } = {}): Outcome {
  const { outlineAt } = placeOf(state);
  if (outlineAt === null) return walkOutline(state, null, 'next');
  const at: Prompt = { say: 'outline_at', values: outlineAt };
  return askMenu(state, 'in_outline', isFirst ? [{ say: 'outline_keys' }, at] : [at]);
}

/** 2 and 8 go up and down, 6 in, 4 out; 5 (or pound) takes the section; star keys one in; 0 says the keys. */
export const inOutline: StepHandler = (state, input) => {
  const { outlineAt } = placeOf(state);
  if (input.kind !== 'keys' || outlineAt === null) return askWay(state);
  if (input.keys === '') return orLeave(state, (again) => askWay(again, { isFirst: true }));
  const here = { ...state, unheard: 0 };
  const move = WAYS[input.keys];
  if (move !== undefined) return walkOutline(here, outlineAt.number, move);
  switch (input.keys) {
    case '5':
    case '#':
      return lookUpSection(here, outlineAt.number);
    case '*':
      return askSection(here, [{ say: 'section_enter_again' }]);
    case '0':
      return askWay(here, { isFirst: true });
    default:
      return saying([{ say: 'not_a_choice' }], askWay(here));
  }
};

/** Where the way led. */
export const walkedOutline: StepHandler = (state, input) => {
  if (input.kind !== 'outline_walked') return askWay(state);
  const { place } = input;
  if (place === null) {
    const title = placeOf(state).chosen?.title ?? '';
    return leave(state, [{ say: 'proposal_no_outline', values: { title } }]);
  }
  const isFirst = placeOf(state).outlineAt === null;
  const here = withPlace(state, { outlineAt: { number: place.number, title: place.title } });
  return place.moved ? askWay(here, { isFirst }) : saying([{ say: 'outline_no_further' }], askWay(here));
};
