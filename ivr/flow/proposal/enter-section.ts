import { numberOfKeys } from '../../../proposals/outline-walk.ts';
import type { FoundSection } from '../../../proposals/phone/find-section.ts';
import type { Prompt } from '../../prompts/prompt.ts';
import type { StepHandler } from '../types.ts';
import {
  askInSection,
  askSection,
  lookUpSection,
  nameSection,
  orLeave,
  placeOf,
  walkOutline,
  withPlace,
} from './moves.ts';

/** Nobody's section number. */
const THROUGH_THE_OUTLINE = '0';

/** A section number, star for the point; zero goes through the outline instead. */
export const enterSection: StepHandler = (state, input) => {
  if (input.kind !== 'keys') return askSection(state, [{ say: 'section_enter_again' }]);
  if (input.keys === '') {
    return orLeave(state, (again) => askSection(again, [{ say: 'section_enter_again' }]));
  }
  const here = { ...state, unheard: 0 };
  if (input.keys === THROUGH_THE_OUTLINE) return walkOutline(here, null, 'next');
  const number = numberOfKeys(input.keys);
  if (number === null) {
    return askSection(here, [{ say: 'section_not_a_number' }, { say: 'section_enter_again' }]);
  }
  return lookUpSection(here, number);
};

/** The section that was keyed in, picked, or comes next; or what there is in its place. */
export const foundSection: StepHandler = (state, input) => {
  if (input.kind !== 'section_looked_up') return askSection(state, [{ say: 'section_enter_again' }]);
  const { number, found } = input;
  if (found.kind === 'missing') {
    const missing: Prompt = { say: 'section_missing', values: { number } };
    return askSection(state, [missing, ...sayNearby(found.nearby), { say: 'section_enter_again' }]);
  }
  const { guidance: _, ...section } = found.section;
  const isSame = placeOf(state).section?.id === section.id;
  const here = withPlace(state, {
    section,
    outlineAt: { number: section.number, title: section.title },
    hearing: null,
    ...(!isSame && { hasSpoken: false }),
  });
  return askInSection(here, nameSection(found.section));
};

function sayNearby({ above, first, last }: Extract<FoundSection, { kind: 'missing' }>['nearby']): Prompt[] {
  if (above !== null) {
    const { number, title } = above;
    if (first === null || last === null) return [{ say: 'section_near_none', values: { number, title } }];
    return [
      first === last
        ? { say: 'section_near_one', values: { number, title, first } }
        : { say: 'section_near_parts', values: { number, title, first, last } },
    ];
  }
  if (first === null || last === null) return [];
  return [
    first === last
      ? { say: 'sections_only', values: { first } }
      : { say: 'sections_all', values: { first, last } },
  ];
}
