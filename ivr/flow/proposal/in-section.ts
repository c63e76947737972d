import { leave, startRecording } from '../dictating/moves.ts';
import { ask, saying } from '../moves.ts';
import type { CallState, StepHandler } from '../types.ts';
import {
  askInSection,
  askSection,
  findContribution,
  lookUpSection,
  nameSection,
  orLeave,
  placeOf,
  withPlace,
} from './moves.ts';

/** In a section: 1 dictate, 2 hear what others said, 3 next section, 4 another one, 0 where am I, `#` goodbye. */
export const inSection: StepHandler = (state, input, fresh) => {
  const { section } = placeOf(state);
  if (input.kind !== 'keys' || section === null) return askInSection(state);
  if (input.keys === '') return orLeave(state, askInSection);
  const here = { ...state, unheard: 0 };
  switch (input.keys) {
    case '1':
      return ask(here, 'opening_contribution', {
        kind: 'open_contribution',
        contributionId: fresh.linkId,
        sectionId: section.id,
      });
    case '2':
      return findContribution(here, { index: 0, piece: 0 });
    case '3':
      return section.next === null
        ? askInSection(here, [{ say: 'section_is_last' }])
        : lookUpSection(here, section.next.number);
    case '4':
      return askSection(withPlace(here, { outlineAt: null }), [{ say: 'section_enter' }]);
    case '0':
      // Looked up again: guidance is not remembered, and it may have been changed.
      return lookUpSection(here, section.number);
    case '#':
      return leave(here, [{ say: 'goodbye' }]);
    default:
      return saying([{ say: 'not_a_choice' }], askInSection(here));
  }
};

/** There is a row that the dictation belongs to: record. Or the proposal takes nothing more from this caller. */
export const openedContribution: StepHandler = (state, input, fresh) => {
  if (input.kind !== 'contribution_opened') return askInSection(state);
  const { contributionId, opened } = input;
  const { chosen, section } = placeOf(state);
  const title = chosen?.title ?? '';
  if (opened.kind === 'opened') {
    const dictateAbout = section && `${section.number}, ${section.title}`;
    const then: CallState = { ...state, dictateFor: { kind: 'contribution', contributionId }, dictateAbout };
    return startRecording(then, fresh, [{ say: 'contribution_record' }, { say: 'record_keys' }]);
  }
  switch (opened.why) {
    case 'closed':
      return leave(state, [{ say: 'proposal_closed', values: { title } }]);
    case 'not_member':
      return leave(state, [{ say: 'proposal_not_member', values: { title } }]);
    case 'gone':
      return askSection(withPlace(state, { section: null, outlineAt: null }), [
        { say: 'section_gone' },
        { say: 'section_enter' },
      ]);
  }
};

/** Where the dictation belongs that the caller went on with. */
export const foundPlace: StepHandler = (state, input) => {
  if (input.kind !== 'place_found' || input.proposal === null || input.section === null) {
    return askSection(state, [{ say: 'section_enter' }]);
  }
  const { guidance: _, ...section } = input.section;
  const { number, title } = section;
  const here = withPlace(state, {
    chosen: input.proposal,
    section,
    outlineAt: { number, title },
    hasSpoken: true,
  });
  return askInSection(here, nameSection({ ...input.section, guidance: '' }));
};
