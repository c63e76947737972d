import { describe, expect, test } from 'vitest';
import { applyInput, beginCall } from '../../../ivr/flow/call-flow.ts';
import type { CallState, Effect, Input, Next, Outcome } from '../../../ivr/flow/types.ts';
import { at, dictation, FRESH, part, REPLY, REPLY_2 } from './states.ts';

interface Row {
  when: string;
  state: CallState;
  input: Input;
  /** Step, what is waited for, texts said, effects done. */
  leads: {
    at: CallState['at'];
    next: Next['kind'];
    say?: string[];
    do?: Effect['kind'][];
    with?: Partial<CallState>;
  };
}

const keys = (pressed: string): Input => ({ kind: 'keys', keys: pressed });
const recorded = (
  seconds: number | null,
  endedBy: Extract<Input, { kind: 'recorded' }>['endedBy'],
): Input => ({
  kind: 'recorded',
  seconds,
  endedBy,
});

function said(outcome: Outcome): string[] {
  return outcome.prompts.map((prompt) => ('say' in prompt ? prompt.say : `play ${prompt.playRecordingId}`));
}

function check(rows: Row[]): void {
  test.each(rows)('$when', ({ state, input, leads }) => {
    const before = structuredClone(state);
    const outcome = applyInput(state, input, FRESH);
    expect({
      at: outcome.state.at,
      next: outcome.next.kind,
      say: said(outcome),
      do: outcome.effects.map(({ kind }) => kind),
    }).toEqual({ at: leads.at, next: leads.next, say: leads.say ?? [], do: leads.do ?? [] });
    if (leads.with) expect(outcome.state).toMatchObject(leads.with);
    expect(state).toEqual(before);
  });
}

describe('the greeting', () => {
  test.each([
    ['a rep’s own phone', 'rep', 'enter_pin'],
    ['any other phone', null, 'enter_short_number'],
  ])('%s', (_phone, phoneOwnerId, step) => {
    const outcome = beginCall({ line: 'Reports', phoneOwnerId });
    expect(outcome.state.at).toBe(step);
    expect(said(outcome)).toEqual(['greeting', step]);
    expect(outcome.next).toEqual({ kind: 'entry' });
    expect(outcome.effects).toEqual([]);
  });
});

const stranger = { phoneOwnerId: null, speakerId: null };

describe('the short number', () => {
  const here = (more: Partial<CallState> = {}) => at('enter_short_number', { ...stranger, ...more });
  check([
    {
      when: 'a number leads to the PIN, whoever has it',
      state: here({ unheard: 1 }),
      input: keys('4711'),
      leads: {
        at: 'enter_pin',
        next: 'entry',
        say: ['enter_pin'],
        with: { shortNumber: '4711', unheard: 0 },
      },
    },
    {
      when: 'star starts the entry over',
      state: here(),
      input: keys('99*47*4711'),
      leads: { at: 'enter_pin', next: 'entry', say: ['enter_pin'], with: { shortNumber: '4711' } },
    },
    {
      when: 'a star at the end leaves nothing: asked again',
      state: here(),
      input: keys('4711*'),
      leads: {
        at: 'enter_short_number',
        next: 'entry',
        say: ['enter_short_number_again'],
        with: { unheard: 1 },
      },
    },
    {
      when: 'nothing for the third time ends the call',
      state: here({ unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['nothing_entered'] },
    },
    {
      when: 'after trouble it is asked for again',
      state: here(),
      input: { kind: 'resumed' },
      leads: { at: 'enter_short_number', next: 'entry', say: ['enter_short_number'] },
    },
  ]);
});

describe('the PIN', () => {
  const here = (more: Partial<CallState> = {}) => at('enter_pin', { speakerId: null, ...more });
  const other = ['enter_pin_again', 'enter_pin_other_phone'];
  check([
    {
      when: 'an entry is checked',
      state: here(),
      input: keys('1*2468'),
      leads: { at: 'checking_pin', next: 'ask' },
    },
    {
      when: 'nothing: asked again',
      state: here(),
      input: keys(''),
      leads: { at: 'enter_pin', next: 'entry', say: other, with: { unheard: 1 } },
    },
    {
      when: 'nothing for the third time ends the call',
      state: here({ unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['nothing_entered'] },
    },
    {
      when: 'zero on a borrowed phone leads to the short number',
      state: here(),
      input: keys('0'),
      leads: {
        at: 'enter_short_number',
        next: 'entry',
        say: ['enter_short_number'],
        with: { phoneOwnerId: null },
      },
    },
    {
      when: 'zero with a short number is a PIN like any other',
      state: here({ phoneOwnerId: null, shortNumber: '4711' }),
      input: keys('0'),
      leads: { at: 'checking_pin', next: 'ask' },
    },
  ]);
  test('the question carries the PIN, the state does not', () => {
    const { state, next } = applyInput(here(), keys('2468'), FRESH);
    expect(next).toEqual({ kind: 'ask', question: { kind: 'check_pin', pin: '2468' } });
    expect(JSON.stringify(state)).not.toContain('2468');
  });
});

describe('the PIN was checked', () => {
  const here = (more: Partial<CallState> = {}) => at('checking_pin', { speakerId: null, ...more });
  check([
    {
      when: 'right: recording begins',
      state: here(),
      input: { kind: 'pin_right', speakerId: 'rep', replies: [] },
      leads: {
        at: 'recording',
        next: 'record',
        say: ['record', 'record_keys'],
        do: ['open_dictation', 'expect_recording'],
        with: { speakerId: 'rep' },
      },
    },
    {
      when: 'right, with a reply: that is heard first',
      state: here(),
      input: { kind: 'pin_right', speakerId: 'rep', replies: [REPLY] },
      leads: {
        at: 'hear_reply',
        next: 'menu',
        say: ['replies_one', 'reply_about', 'reply_text', 'reply_keys'],
      },
    },
    {
      when: 'right, with replies',
      state: here(),
      input: { kind: 'pin_right', speakerId: 'rep', replies: [REPLY_2, REPLY] },
      leads: { at: 'hear_reply', next: 'menu', say: ['replies_many', 'reply', 'reply_text', 'reply_keys'] },
    },
    {
      when: 'wrong on the own phone: the PIN again',
      state: here(),
      input: { kind: 'pin_wrong' },
      leads: {
        at: 'enter_pin',
        next: 'entry',
        say: ['pin_wrong', 'enter_pin_again', 'enter_pin_other_phone'],
        with: { wrongPins: 1, speakerId: null },
      },
    },
    {
      when: 'wrong on another phone: the short number again, it may be what was wrong',
      state: here({ phoneOwnerId: null, shortNumber: '4711', wrongPins: 1 }),
      input: { kind: 'pin_wrong' },
      leads: {
        at: 'enter_short_number',
        next: 'entry',
        say: ['pin_wrong', 'enter_short_number_again'],
        with: { wrongPins: 2, shortNumber: null },
      },
    },
    {
      when: 'wrong for the third time ends the call',
      state: here({ wrongPins: 2 }),
      input: { kind: 'pin_wrong' },
      leads: { at: 'over', next: 'hang_up', say: ['pin_wrong_last'] },
    },
    {
      when: 'slowed: told when to call again',
      state: here(),
      input: { kind: 'pin_slowed', waitSeconds: 60 },
      leads: { at: 'over', next: 'hang_up', say: ['pin_slowed'] },
    },
  ]);
});

describe('a manager’s reply', () => {
  const here = (more: Partial<CallState> = {}) => at('hear_reply', { replies: [REPLY], ...more });
  const begin = {
    at: 'recording',
    next: 'record',
    say: ['record', 'record_keys'],
  } as const;
  check([
    {
      when: '1 acknowledges it; then the report',
      state: here(),
      input: keys('1'),
      leads: {
        ...begin,
        say: [...begin.say],
        do: ['acknowledge_reply', 'open_dictation', 'expect_recording'],
      },
    },
    {
      when: '1 with another one: that is read',
      state: here({ replies: [REPLY, REPLY_2] }),
      input: keys('1'),
      leads: {
        at: 'hear_reply',
        next: 'menu',
        say: ['reply', 'reply_text', 'reply_keys'],
        do: ['acknowledge_reply'],
        with: { replies: [REPLY_2] },
      },
    },
    {
      when: '2 reads it again',
      state: here(),
      input: keys('2'),
      leads: {
        at: 'hear_reply',
        next: 'menu',
        say: ['reply_about', 'reply_text', 'reply_keys'],
        with: { replies: [REPLY] },
      },
    },
    {
      when: '3 keeps it',
      state: here(),
      input: keys('3'),
      leads: { ...begin, say: [...begin.say], do: ['open_dictation', 'expect_recording'] },
    },
    {
      when: 'no key keeps it',
      state: here(),
      input: keys(''),
      leads: { ...begin, say: [...begin.say], do: ['open_dictation', 'expect_recording'] },
    },
    {
      when: 'as a message it leads back to the menu',
      state: here({ afterReplies: 'menu' }),
      input: keys('1'),
      leads: { at: 'finished', next: 'menu', say: ['afterwards'], do: ['acknowledge_reply'] },
    },
  ]);
});

describe('a recording', () => {
  const here = (more: Partial<CallState> = {}) =>
    at('recording', { dictation: dictation(part(1, { seconds: null })), ...more });
  const withEarlier = here({ dictation: dictation(part(1), part(2, { seconds: null })) });
  check([
    {
      when: 'pound sends',
      state: here(),
      input: recorded(30, '#'),
      leads: { at: 'submitting', next: 'ask' },
    },
    {
      when: 'star pauses',
      state: here({ unheard: 2 }),
      input: recorded(30, '*'),
      leads: {
        at: 'paused',
        next: 'menu',
        say: ['paused', 'pause_keys'],
        with: { unheard: 0, dictation: dictation(part(1, { seconds: 30 })) },
      },
    },
    {
      when: 'a long silence asks instead of sending',
      state: here(),
      input: recorded(30, 'silence'),
      leads: { at: 'paused', next: 'menu', say: ['long_silence', 'pause_keys'] },
    },
    {
      when: 'the longest recording goes on in the next part',
      state: here(),
      input: recorded(3600, 'limit'),
      leads: { at: 'recording', next: 'record', say: ['record_at_limit'], do: ['expect_recording'] },
    },
    {
      when: 'hanging up sends',
      state: here(),
      input: recorded(2, 'hang_up'),
      leads: { at: 'over', next: 'hang_up', do: ['submit_dictation'] },
    },
    {
      when: 'hanging up within a second, with nothing before: nothing to send',
      state: here(),
      input: recorded(0, 'hang_up'),
      leads: { at: 'over', next: 'hang_up', do: ['discard_dictation'] },
    },
    {
      when: 'hanging up within a second, with an earlier part: that is sent',
      state: withEarlier,
      input: recorded(0, 'hang_up'),
      leads: { at: 'over', next: 'hang_up', do: ['submit_dictation'] },
    },
    {
      when: 'under a second: told, and recorded again',
      state: here(),
      input: recorded(0, '#'),
      leads: {
        at: 'recording',
        next: 'record',
        say: ['record_nothing_heard'],
        do: ['expect_recording'],
        with: { unheard: 1 },
      },
    },
    {
      when: 'under a second, then pound, after an earlier part: that is sent',
      state: withEarlier,
      input: recorded(0, '#'),
      leads: { at: 'submitting', next: 'ask' },
    },
    {
      when: 'under a second, then star: paused all the same',
      state: here(),
      input: recorded(0, '*'),
      leads: { at: 'paused', next: 'menu', say: ['paused', 'pause_keys'] },
    },
    {
      when: 'nothing recorded: told, and recorded again',
      state: here(),
      input: { kind: 'nothing_recorded' },
      leads: {
        at: 'recording',
        next: 'record',
        say: ['record_nothing_heard'],
        do: ['mark_empty', 'expect_recording'],
      },
    },
    {
      when: 'nothing for the third time: told that nothing was sent',
      state: here({ unheard: 2 }),
      input: { kind: 'nothing_recorded' },
      leads: {
        at: 'over',
        next: 'hang_up',
        say: ['record_nothing_goodbye'],
        do: ['mark_empty', 'discard_dictation'],
      },
    },
    {
      when: 'nothing after an earlier part: the menu, not the end',
      state: withEarlier,
      input: { kind: 'nothing_recorded' },
      leads: { at: 'paused', next: 'menu', say: ['nothing_added', 'pause_keys'], do: ['mark_empty'] },
    },
    {
      when: 'a length that the carrier does not tell counts as speech',
      state: here(),
      input: recorded(null, '#'),
      leads: { at: 'submitting', next: 'ask' },
    },
    {
      when: 'after trouble it goes on in a new part, the old one is kept',
      state: here(),
      input: { kind: 'resumed' },
      leads: { at: 'recording', next: 'record', say: ['record_resumed'], do: ['expect_recording'] },
    },
    {
      when: 'hang-up told by the call’s status sends what may be there',
      state: here(),
      input: { kind: 'hung_up' },
      leads: { at: 'over', next: 'hang_up', do: ['submit_dictation'] },
    },
  ]);
  test('parts are numbered in order', () => {
    const { effects } = applyInput(withEarlier, recorded(3600, 'limit'), FRESH);
    expect(effects).toEqual([
      { kind: 'expect_recording', dictationId: 'd1', recordingId: 'new-recording', part: 3 },
    ]);
  });
});

describe('the pause', () => {
  const here = (more: Partial<CallState> = {}) =>
    at('paused', { dictation: dictation(part(1), part(2)), ...more });
  const nothingYet = here({ dictation: dictation(part(1, { empty: true })) });
  check([
    {
      when: '1 goes on',
      state: here(),
      input: keys('1'),
      leads: { at: 'recording', next: 'record', say: ['record_continue'], do: ['expect_recording'] },
    },
    {
      when: '2 plays the last part',
      state: here(),
      input: keys('2'),
      leads: { at: 'paused', next: 'menu', say: ['play r2', 'pause_keys'] },
    },
    {
      when: '2 plays the last part that was not dropped',
      state: here({ dictation: dictation(part(1), part(2, { dropped: true })) }),
      input: keys('2'),
      leads: { at: 'paused', next: 'menu', say: ['play r1', 'pause_keys'] },
    },
    {
      when: '2 with nothing to hear',
      state: nothingYet,
      input: keys('2'),
      leads: { at: 'paused', next: 'menu', say: ['no_part', 'pause_keys'] },
    },
    {
      when: '3 asks first',
      state: here(),
      input: keys('3'),
      leads: { at: 'confirm_drop', next: 'menu', say: ['drop_question'] },
    },
    {
      when: '3 with nothing to drop',
      state: nothingYet,
      input: keys('3'),
      leads: { at: 'paused', next: 'menu', say: ['no_part', 'pause_keys'] },
    },
    {
      when: '4 marks it urgent',
      state: here(),
      input: keys('4'),
      leads: { at: 'paused', next: 'menu', say: ['marked_urgent', 'pause_keys'], do: ['mark_urgent'] },
    },
    { when: 'pound sends', state: here(), input: keys('#'), leads: { at: 'submitting', next: 'ask' } },
    {
      when: 'pound with everything dropped: nothing is sent, and that is said',
      state: here({ dictation: dictation(part(1, { dropped: true })) }),
      input: keys('#'),
      leads: {
        at: 'finished',
        next: 'menu',
        say: ['nothing_sent', 'afterwards'],
        do: ['discard_dictation'],
        with: { dictation: null },
      },
    },
    {
      when: 'another key',
      state: here(),
      input: keys('7'),
      leads: { at: 'paused', next: 'menu', say: ['not_a_choice', 'pause_keys'] },
    },
    {
      when: 'no key: asked again',
      state: here(),
      input: keys(''),
      leads: { at: 'paused', next: 'menu', say: ['pause_keys'], with: { unheard: 1 } },
    },
    {
      when: 'no key for the third time sends',
      state: here({ unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['goodbye'], do: ['submit_dictation'] },
    },
    {
      when: 'hanging up sends',
      state: here(),
      input: { kind: 'hung_up' },
      leads: { at: 'over', next: 'hang_up', do: ['submit_dictation'] },
    },
  ]);
});

describe('dropping the last part', () => {
  const here = (more: Partial<CallState> = {}) =>
    at('confirm_drop', { dictation: dictation(part(1), part(2)), ...more });
  check([
    {
      when: '9 drops it',
      state: here(),
      input: keys('9'),
      leads: {
        at: 'paused',
        next: 'menu',
        say: ['dropped', 'pause_keys'],
        do: ['drop_recording'],
        with: { dictation: dictation(part(1), part(2, { dropped: true })) },
      },
    },
    ...['1', '3', '#', ''].map((key) => ({
      when: `"${key}" keeps it`,
      state: here(),
      input: keys(key),
      leads: { at: 'paused', next: 'menu', say: ['kept', 'pause_keys'] } as Row['leads'],
    })),
    {
      when: 'hanging up keeps it and sends',
      state: here(),
      input: { kind: 'hung_up' },
      leads: { at: 'over', next: 'hang_up', do: ['submit_dictation'] },
    },
  ]);
});

describe('a report was sent', () => {
  check([
    {
      when: 'length and reference are read back',
      state: at('submitting', { dictation: dictation(part(1), part(2, { dropped: true }), part(3)) }),
      input: { kind: 'submitted', reference: '1234567' },
      leads: {
        at: 'finished',
        next: 'menu',
        say: ['saved', 'reference', 'afterwards'],
        with: { dictation: null },
      },
    },
    {
      when: 'a length that nobody knows is not made up',
      state: at('submitting', { dictation: dictation(part(1), part(2, { seconds: null })) }),
      input: { kind: 'submitted', reference: '1234567' },
      leads: { at: 'finished', next: 'menu', say: ['saved_unknown_length', 'reference', 'afterwards'] },
    },
    {
      when: '1: another report',
      state: at('finished'),
      input: keys('1'),
      leads: { at: 'recording', next: 'record', say: ['record'], do: ['open_dictation', 'expect_recording'] },
    },
    {
      when: '2: messages',
      state: at('finished'),
      input: keys('2'),
      leads: { at: 'finding_messages', next: 'ask' },
    },
    {
      when: 'there are none',
      state: at('finding_messages'),
      input: { kind: 'messages_found', replies: [] },
      leads: { at: 'finished', next: 'menu', say: ['no_messages', 'afterwards'] },
    },
    {
      when: 'there is one',
      state: at('finding_messages'),
      input: { kind: 'messages_found', replies: [REPLY] },
      leads: {
        at: 'hear_reply',
        next: 'menu',
        say: ['replies_one', 'reply_about', 'reply_text', 'reply_keys'],
        with: { afterReplies: 'menu' },
      },
    },
    {
      when: 'pound: goodbye',
      state: at('finished'),
      input: keys('#'),
      leads: { at: 'over', next: 'hang_up', say: ['goodbye'] },
    },
    {
      when: 'another key',
      state: at('finished'),
      input: keys('8'),
      leads: { at: 'finished', next: 'menu', say: ['not_a_choice', 'afterwards'] },
    },
    {
      when: 'no key for the third time: goodbye',
      state: at('finished', { unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['goodbye'] },
    },
  ]);
  test('the length is that of the parts that count', () => {
    const state = at('submitting', { dictation: dictation(part(1), part(2, { dropped: true }), part(3)) });
    const { prompts } = applyInput(state, { kind: 'submitted', reference: '1234567' }, FRESH);
    expect(prompts.slice(0, 2)).toEqual([
      { say: 'saved', values: { seconds: 40 } },
      { say: 'reference', values: { reference: '1234567' } },
    ]);
  });
});

describe('over', () => {
  check([
    {
      when: 'a late request gets a goodbye',
      state: at('over'),
      input: keys('1'),
      leads: { at: 'over', next: 'hang_up', say: ['goodbye'] },
    },
    {
      when: 'the end told again changes nothing',
      state: at('over'),
      input: { kind: 'hung_up' },
      leads: { at: 'over', next: 'hang_up' },
    },
    {
      when: 'a recording that comes after the end changes nothing here',
      state: at('over'),
      input: recorded(9, 'hang_up'),
      leads: { at: 'over', next: 'hang_up' },
    },
  ]);
});
