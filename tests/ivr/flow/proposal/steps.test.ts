import { describe, expect, test } from 'vitest';
import { applyInput } from '../../../../ivr/flow/call-flow.ts';
import type { UnfinishedDictation } from '../../../../ivr/flow/dictating/types.ts';
import type { ContributionInPieces, ProposalPlace } from '../../../../ivr/flow/proposal/types.ts';
import type { CallState, Input } from '../../../../ivr/flow/types.ts';
import type { FoundProposals } from '../../../../proposals/phone/find-proposals.ts';
import type { SectionSaidIn } from '../../../../proposals/phone/sections-said-in.ts';
import { check, keys, said } from '../check.ts';
import { at, dictation, FRESH, part } from '../states.ts';

const PROPOSAL = { id: 'p1', title: 'Tempe' };
const SECTION = {
  id: 's11',
  number: '1.1',
  title: 'Schedule',
  next: { number: '1.2', title: 'Sensors' },
  others: 2,
};
const FOUND = { ...SECTION, guidance: 'By when?' };

function inside(step: CallState['at'], place: Partial<ProposalPlace> = {}, more: Partial<CallState> = {}) {
  const proposal: ProposalPlace = {
    unfinishedIn: [],
    found: null,
    offered: [],
    chosen: PROPOSAL,
    outlineAt: null,
    section: null,
    hasSpoken: false,
    hearing: null,
    ...place,
  };
  return at(step, { purpose: 'proposal', proposal, ...more });
}

const MENU = ['section_key_dictate', 'section_key_hear', 'section_key_next', 'section_key_other'];

const lookedUp = (
  found: FoundProposals,
  unfinished: UnfinishedDictation[] = [],
  sections: SectionSaidIn[] = [],
): Input => ({ kind: 'before_contributing', found, unfinished, sections });

describe('what there is to contribute to', () => {
  const here = at('finding_before_contributing', { purpose: 'proposal' });
  const over = (kind: 'closed' | 'not_member' | 'no_outline') => ({
    when: kind,
    state: here,
    input: lookedUp({ kind, title: 'Tempe' }),
    leads: { at: 'over' as const, next: 'hang_up' as const, say: [`proposal_${kind}`] },
  });
  check([
    over('closed'),
    over('not_member'),
    over('no_outline'),
    {
      when: 'nothing',
      state: here,
      input: lookedUp({ kind: 'none' }),
      leads: { at: 'over', next: 'hang_up', say: ['proposal_none'] },
    },
    {
      when: 'one: its section is asked for',
      state: here,
      input: lookedUp({ kind: 'open', proposals: [PROPOSAL] }),
      leads: { at: 'enter_section', next: 'entry', say: ['proposal_named', 'section_enter'] },
    },
    {
      when: 'several: each has its key',
      state: here,
      input: lookedUp({ kind: 'open', proposals: [PROPOSAL, { id: 'p2', title: 'Mesa' }] }),
      leads: {
        at: 'choose_proposal',
        next: 'menu',
        say: ['proposals_many', 'proposal_choice', 'proposal_choice'],
      },
    },
  ]);
});

describe('what is unfinished comes first', () => {
  const cutOff: UnfinishedDictation = {
    dictationId: 'd1',
    kind: 'dropped',
    at: '2026-03-01T10:00:00Z',
    about: null,
    parts: [part(1)],
    callId: null,
  };
  const held: UnfinishedDictation = { ...cutOff, dictationId: 'd2', kind: 'held' };
  const sections = [
    { dictationId: 'd1', number: '1.1', title: 'Schedule' },
    { dictationId: 'd2', number: '2', title: 'Price' },
  ];
  const found: FoundProposals = { kind: 'open', proposals: [PROPOSAL] };
  const here = at('finding_before_contributing', { purpose: 'proposal' });

  test('cut off, then on hold, each with its section, then the proposal', () => {
    const first = applyInput(here, lookedUp(found, [held, cutOff], sections), FRESH);
    expect(first.prompts[0]).toEqual({
      say: 'unfinished_in_section',
      values: { number: '1.1', title: 'Schedule' },
    });
    expect(said(first)).toContain('cut_off');
    const second = applyInput(first.state, keys('2'), FRESH);
    expect(second.effects).toEqual([{ kind: 'leave_dropped', dictationId: 'd1' }]);
    expect(second.prompts[0]).toEqual({
      say: 'unfinished_in_section',
      values: { number: '2', title: 'Price' },
    });
    expect(said(second)).toContain('held_contribution');
    const third = applyInput(second.state, keys('3'), FRESH);
    expect(said(third)).toEqual(['held_left', 'proposal_named', 'section_enter']);
  });

  test('gone on with, it belongs where it was begun', () => {
    const first = applyInput(here, lookedUp(found, [cutOff], sections), FRESH);
    const asked = applyInput(first.state, keys('1'), FRESH);
    expect(asked.next).toMatchObject({ question: { kind: 'resume_dictation', dictationId: 'd1' } });
    const reopened = applyInput(
      asked.state,
      {
        kind: 'reopened',
        dictation: { ...dictation(part(1)), isContinued: true },
        for: { kind: 'contribution', contributionId: 'c1' },
      },
      FRESH,
    );
    expect(reopened.next.kind).toBe('record');
    expect(reopened.state.dictateFor).toEqual({ kind: 'contribution', contributionId: 'c1' });
  });

  test('gone by then, the proposal is asked for', () => {
    const first = applyInput(here, lookedUp(found, [cutOff], sections), FRESH);
    const asked = applyInput(first.state, keys('1'), FRESH);
    const gone = applyInput(asked.state, { kind: 'gone', dictationId: 'd1' }, FRESH);
    expect(said(gone)).toEqual(['not_unfinished', 'proposal_named', 'section_enter']);
  });
});

describe('choosing among proposals', () => {
  const offered = Array.from({ length: 10 }, (_, at) => ({ id: `p${at + 1}`, title: `Proposal ${at + 1}` }));
  const here = (more: Partial<CallState> = {}) => inside('choose_proposal', { offered, chosen: null }, more);
  const chosen = (state: CallState, key: string) =>
    applyInput(state, keys(key), FRESH).state.proposal?.chosen?.id;

  test('1 to 8 choose, 9 leads on to the others and round again', () => {
    expect(chosen(here(), '1')).toBe('p1');
    expect(chosen(here(), '8')).toBe('p8');
    const more = applyInput(here(), keys('9'), FRESH);
    expect(said(more)).toHaveLength(9);
    expect(chosen(more.state, '1')).toBe('p9');
    expect(chosen(more.state, '3')).toBe('p1');
  });
  check([
    {
      when: 'a key without a proposal',
      state: inside('choose_proposal', { offered: offered.slice(0, 2), chosen: null }),
      input: keys('3'),
      leads: {
        at: 'choose_proposal',
        next: 'menu',
        say: ['not_a_choice', 'proposal_choice', 'proposal_choice'],
      },
    },
    {
      when: 'nothing, the third time',
      state: here({ unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['goodbye'] },
    },
  ]);
});

describe('keying in a section', () => {
  const here = (more: Partial<CallState> = {}) => inside('enter_section', {}, more);
  check([
    {
      when: 'a number: it is looked up',
      state: here(),
      input: keys('1*2'),
      leads: { at: 'finding_section', next: 'ask' },
    },
    {
      when: 'zero: the outline',
      state: here(),
      input: keys('0'),
      leads: { at: 'walking_outline', next: 'ask' },
    },
    {
      when: 'what is no number',
      state: here(),
      input: keys('***'),
      leads: { at: 'enter_section', next: 'entry', say: ['section_not_a_number', 'section_enter_again'] },
    },
    {
      when: 'nothing: said again in other words',
      state: here(),
      input: keys(''),
      leads: { at: 'enter_section', next: 'entry', say: ['section_enter_again'], with: { unheard: 1 } },
    },
    {
      when: 'nothing, the third time',
      state: here({ unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['goodbye'] },
    },
  ]);

  test('asks for exactly that section of that proposal', () => {
    expect(applyInput(here(), keys('01*10*2'), FRESH).next).toEqual({
      kind: 'ask',
      question: { kind: 'find_section', proposalId: 'p1', number: '1.10.2' },
    });
  });
});

describe('the section that was looked up', () => {
  const here = inside('finding_section');
  const missing = (above: { number: string } | null, first: string | null, last: string | null) => ({
    kind: 'section_looked_up' as const,
    number: '1.7',
    found: {
      kind: 'missing' as const,
      nearby: { above: above && { id: 'x', title: 'Approach', ...above }, first, last },
    },
  });
  const told = (...sentences: string[]) => ({
    at: 'enter_section' as const,
    next: 'entry' as const,
    say: ['section_missing', ...sentences, 'section_enter_again'],
  });
  check([
    {
      when: 'title and guidance are spoken, then what can be done',
      state: here,
      input: { kind: 'section_looked_up', number: '1.1', found: { kind: 'section', section: FOUND } },
      leads: { at: 'in_section', next: 'menu', say: ['section_named', 'speak By when?', ...MENU] },
    },
    {
      when: 'without guidance, others and a section after it: no more words than needed',
      state: here,
      input: {
        kind: 'section_looked_up',
        number: '2',
        found: { kind: 'section', section: { ...FOUND, guidance: ' ', next: null, others: 0 } },
      },
      leads: {
        at: 'in_section',
        next: 'menu',
        say: ['section_named', 'section_key_dictate', 'section_key_other'],
      },
    },
    {
      when: 'missing in a section with parts',
      state: here,
      input: missing({ number: '1' }, '1.1', '1.3'),
      leads: told('section_near_parts'),
    },
    {
      when: 'missing in a section with one part',
      state: here,
      input: missing({ number: '1' }, '1.1', '1.1'),
      leads: told('section_near_one'),
    },
    {
      when: 'missing in a section without parts',
      state: here,
      input: missing({ number: '1' }, null, null),
      leads: told('section_near_none'),
    },
    { when: 'missing at the top', state: here, input: missing(null, '1', '5'), leads: told('sections_all') },
    { when: 'missing beside one', state: here, input: missing(null, '1', '1'), leads: told('sections_only') },
    { when: 'missing in nothing', state: here, input: missing(null, null, null), leads: told() },
  ]);

  test('guidance is not remembered: the state stays small', () => {
    const input = {
      kind: 'section_looked_up' as const,
      number: '1.1',
      found: { kind: 'section' as const, section: FOUND },
    };
    expect(JSON.stringify(applyInput(here, input, FRESH).state)).not.toContain('By when?');
  });
});

describe('going through the outline', () => {
  const outlineAt = { number: '1.1', title: 'Schedule' };
  const here = (more: Partial<CallState> = {}) => inside('in_outline', { outlineAt }, more);
  test.each([
    ['2', 'previous'],
    ['8', 'next'],
    ['6', 'into'],
    ['4', 'out'],
  ])('%s goes %s', (key, move) => {
    expect(applyInput(here(), keys(key), FRESH).next).toEqual({
      kind: 'ask',
      question: { kind: 'walk_outline', proposalId: 'p1', from: '1.1', move },
    });
  });
  const arrives = (moved: boolean) => ({
    kind: 'outline_walked' as const,
    place: { id: 's', number: '1.2', title: 'Sensors', moved },
  });
  check([
    ...['5', '#'].map((key) => ({
      when: `${key} takes the section`,
      state: here(),
      input: keys(key),
      leads: { at: 'finding_section' as const, next: 'ask' as const },
    })),
    {
      when: 'star keys one in',
      state: here(),
      input: keys('*'),
      leads: { at: 'enter_section', next: 'entry', say: ['section_enter_again'] },
    },
    {
      when: 'zero tells the keys',
      state: here(),
      input: keys('0'),
      leads: { at: 'in_outline', next: 'menu', say: ['outline_keys', 'outline_at'] },
    },
    {
      when: 'a key without use',
      state: here(),
      input: keys('7'),
      leads: { at: 'in_outline', next: 'menu', say: ['not_a_choice', 'outline_at'] },
    },
    {
      when: 'nothing: the keys again',
      state: here(),
      input: keys(''),
      leads: { at: 'in_outline', next: 'menu', say: ['outline_keys', 'outline_at'], with: { unheard: 1 } },
    },
    {
      when: 'nothing, the third time',
      state: here({ unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['goodbye'] },
    },
    {
      when: 'the answer was lost: where one stands is read again',
      state: here(),
      input: { kind: 'resumed' },
      leads: { at: 'in_outline', next: 'menu', say: ['outline_at'] },
    },
    {
      when: 'the first place: with the keys',
      state: inside('walking_outline'),
      input: arrives(true),
      leads: { at: 'in_outline', next: 'menu', say: ['outline_keys', 'outline_at'] },
    },
    {
      when: 'another place: one line',
      state: inside('walking_outline', { outlineAt }),
      input: arrives(true),
      leads: { at: 'in_outline', next: 'menu', say: ['outline_at'] },
    },
    {
      when: 'nothing that way',
      state: inside('walking_outline', { outlineAt }),
      input: arrives(false),
      leads: { at: 'in_outline', next: 'menu', say: ['outline_no_further', 'outline_at'] },
    },
    {
      when: 'the outline has become empty',
      state: inside('walking_outline', { outlineAt }),
      input: { kind: 'outline_walked', place: null },
      leads: { at: 'over', next: 'hang_up', say: ['proposal_no_outline'] },
    },
  ]);
});

describe('in a section', () => {
  const here = (place: Partial<ProposalPlace> = {}, more: Partial<CallState> = {}) =>
    inside('in_section', { section: SECTION, ...place }, more);
  const last = { section: { ...SECTION, next: null } };
  check([
    {
      when: '1: a contribution is opened first',
      state: here(),
      input: keys('1'),
      leads: { at: 'opening_contribution', next: 'ask' },
    },
    {
      when: '2: what others said',
      state: here(),
      input: keys('2'),
      leads: { at: 'finding_contribution', next: 'ask', with: {} },
    },
    {
      when: '3: the next section',
      state: here(),
      input: keys('3'),
      leads: { at: 'finding_section', next: 'ask' },
    },
    {
      when: '3 in the last section',
      state: here(last),
      input: keys('3'),
      leads: {
        at: 'in_section',
        next: 'menu',
        say: ['section_is_last', 'section_key_dictate', 'section_key_hear', 'section_key_other'],
      },
    },
    {
      when: '4: another section',
      state: here(),
      input: keys('4'),
      leads: { at: 'enter_section', next: 'entry', say: ['section_enter'] },
    },
    { when: '0: where am I', state: here(), input: keys('0'), leads: { at: 'finding_section', next: 'ask' } },
    {
      when: 'pound: goodbye',
      state: here(),
      input: keys('#'),
      leads: { at: 'over', next: 'hang_up', say: ['goodbye'] },
    },
    {
      when: 'a key without use',
      state: here(),
      input: keys('8'),
      leads: { at: 'in_section', next: 'menu', say: ['not_a_choice', ...MENU] },
    },
    {
      when: 'after a contribution: to add something',
      state: here({ hasSpoken: true }),
      input: keys(''),
      leads: { at: 'in_section', next: 'menu', say: ['section_key_more', ...MENU.slice(1)] },
    },
    {
      when: 'nothing, the third time',
      state: here({}, { unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['goodbye'] },
    },
  ]);

  test('the next section is the one that was told', () => {
    expect(applyInput(here(), keys('3'), FRESH).next).toMatchObject({ question: { number: '1.2' } });
  });
});

describe('a contribution', () => {
  const here = inside('opening_contribution', { section: SECTION });
  const opened = (why?: 'closed' | 'not_member' | 'gone') => ({
    kind: 'contribution_opened' as const,
    contributionId: 'c1',
    opened: why ? { kind: 'refused' as const, why } : { kind: 'opened' as const },
  });
  check([
    {
      when: 'is recorded once it is opened',
      state: here,
      input: opened(),
      leads: {
        at: 'recording',
        next: 'record',
        say: ['contribution_record', 'record_keys'],
        do: ['open_dictation', 'expect_recording'],
        with: { dictateFor: { kind: 'contribution', contributionId: 'c1' } },
      },
    },
    {
      when: 'is refused: closed meanwhile',
      state: here,
      input: opened('closed'),
      leads: { at: 'over', next: 'hang_up', say: ['proposal_closed'] },
    },
    {
      when: 'is refused: no member any more',
      state: here,
      input: opened('not_member'),
      leads: { at: 'over', next: 'hang_up', say: ['proposal_not_member'] },
    },
    {
      when: 'is refused: the section is gone',
      state: here,
      input: opened('gone'),
      leads: { at: 'enter_section', next: 'entry', say: ['section_gone', 'section_enter'] },
    },
  ]);

  test('that was sent leads back into its section', () => {
    const state = inside('submitting', { section: SECTION }, { dictation: dictation(part(1)) });
    const outcome = applyInput(state, { kind: 'submitted', reference: '1234567' }, FRESH);
    expect(outcome.state).toMatchObject({ at: 'in_section', dictation: null, proposal: { hasSpoken: true } });
    expect(said(outcome).slice(-4)).toEqual(['section_key_more', ...MENU.slice(1)]);
  });

  test('of an earlier call that was gone on with leads into its section, too', () => {
    const state = inside(
      'submitting',
      { chosen: null },
      { dictation: dictation(part(1)), dictateFor: { kind: 'contribution', contributionId: 'c9' } },
    );
    const outcome = applyInput(state, { kind: 'submitted', reference: '1234567' }, FRESH);
    expect(outcome.next).toEqual({ kind: 'ask', question: { kind: 'find_place', contributionId: 'c9' } });
    const then = applyInput(
      outcome.state,
      { kind: 'place_found', proposal: PROPOSAL, section: FOUND },
      FRESH,
    );
    expect(said(then)).toEqual(['section_named', 'section_key_more', ...MENU.slice(1)]);
    expect(then.state.proposal).toMatchObject({ chosen: PROPOSAL, section: { number: '1.1' } });
  });

  test('hanging up while dictating sends it', () => {
    const state = inside('recording', { section: SECTION }, { dictation: dictation(part(1)) });
    const { effects } = applyInput(state, { kind: 'hung_up', failed: true }, FRESH);
    expect(effects.map(({ kind }) => kind)).toEqual(['submit_dictation']);
  });
});

describe('hearing what others said', () => {
  const one: ContributionInPieces = {
    index: 0,
    total: 2,
    contributor: 'Bob',
    day: '2026-03-01',
    pieces: ['First half.', 'Second half.'],
    recordingIds: [],
    isIncomplete: false,
  };
  const hearing = (index: number, piece = 0) => ({ section: SECTION, hearing: { index, piece } });
  const finds = (contribution: ContributionInPieces | null, place = hearing(0)) => ({
    state: inside('finding_contribution', place),
    input: { kind: 'contribution_found' as const, contribution },
  });
  const here = { at: 'hear_contribution' as const, next: 'menu' as const };
  check([
    {
      when: 'the first: how many there are, who, and the words',
      ...finds(one),
      leads: { ...here, say: ['contributions_here', 'contribution_by', 'speak First half.'] },
    },
    {
      when: 'the second piece of a long one: only the words',
      ...finds(one, hearing(0, 1)),
      leads: { ...here, say: ['speak Second half.'] },
    },
    {
      when: 'not typed yet: as it was said',
      ...finds({ ...one, index: 1, pieces: [], recordingIds: ['r1', 'r2'] }, hearing(1)),
      leads: { ...here, say: ['contribution_by', 'contribution_untyped', 'play r1', 'play r2'] },
    },
    {
      when: 'not here yet: says so',
      ...finds({ ...one, index: 1, pieces: [], isIncomplete: true }, hearing(1)),
      leads: { ...here, say: ['contribution_by', 'contribution_on_its_way'] },
    },
    {
      when: 'half typed: the text and then the rest',
      ...finds({ ...one, index: 1, pieces: ['Text.'], recordingIds: ['r3'] }, hearing(1)),
      leads: { ...here, say: ['contribution_by', 'speak Text.', 'contribution_untyped', 'play r3'] },
    },
    {
      when: 'past the last piece: the next one is looked for',
      ...finds(one, hearing(0, 2)),
      leads: { at: 'finding_contribution', next: 'ask', with: {} },
    },
    {
      when: 'past the last one: back in the section',
      ...finds(null, hearing(2)),
      leads: { at: 'in_section', next: 'menu', say: ['contributions_end', ...MENU] },
    },
    {
      when: 'none',
      ...finds(null),
      leads: { at: 'in_section', next: 'menu', say: ['contributions_none', ...MENU] },
    },
    {
      when: 'pound: back in the section',
      state: inside('hear_contribution', hearing(1)),
      input: keys('#'),
      leads: { at: 'in_section', next: 'menu', say: MENU },
    },
  ]);

  test.each([
    ['listened to the end', '', [1, 0], [1, 1]],
    ['forward', '6', [1, 1], [2, 0]],
    ['back', '4', [1, 0], [0, 0]],
    ['back in the middle of a long one', '4', [1, 2], [1, 0]],
    ['back at the first', '4', [0, 0], [0, 0]],
    ['again', '5', [1, 1], [1, 1]],
  ])('%s', (_when, key, [index = 0, piece = 0], [toIndex, toPiece]) => {
    const outcome = applyInput(inside('hear_contribution', hearing(index, piece)), keys(key), FRESH);
    expect(outcome.state.proposal?.hearing).toEqual({ index: toIndex, piece: toPiece });
    expect(outcome.next).toEqual({
      kind: 'ask',
      question: { kind: 'find_contribution', sectionId: 's11', index: toIndex },
    });
  });
});
