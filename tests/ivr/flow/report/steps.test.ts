import { describe, expect, test } from 'vitest';
import { applyInput } from '../../../../ivr/flow/call-flow.ts';
import type { CallState } from '../../../../ivr/flow/types.ts';
import { check, keys } from '../check.ts';
import { at, dictation, FRESH, part, REPLY, REPLY_2 } from '../states.ts';

describe('messages were looked for before dictating', () => {
  const here = at('finding_messages', { afterReplies: 'record' });
  check([
    {
      when: 'none: recording begins',
      state: here,
      input: { kind: 'messages_found', replies: [] },
      leads: {
        at: 'recording',
        next: 'record',
        say: ['record', 'record_keys'],
        do: ['open_dictation', 'expect_recording'],
      },
    },
    {
      when: 'one reply: that is heard first',
      state: here,
      input: { kind: 'messages_found', replies: [REPLY] },
      leads: {
        at: 'hear_reply',
        next: 'menu',
        say: ['replies_one', 'reply_about', 'speak Well done.', 'reply_keys'],
      },
    },
    {
      when: 'several replies',
      state: here,
      input: { kind: 'messages_found', replies: [REPLY_2, REPLY] },
      leads: {
        at: 'hear_reply',
        next: 'menu',
        say: ['replies_many', 'reply', 'speak Call me.', 'reply_keys'],
      },
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
        say: ['reply', 'speak Call me.', 'reply_keys'],
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
        say: ['reply_about', 'speak Well done.', 'reply_keys'],
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
      state: at('finding_messages', { afterReplies: 'menu' }),
      input: { kind: 'messages_found', replies: [] },
      leads: { at: 'finished', next: 'menu', say: ['no_messages', 'afterwards'] },
    },
    {
      when: 'there is one',
      state: at('finding_messages', { afterReplies: 'menu' }),
      input: { kind: 'messages_found', replies: [REPLY] },
      leads: {
        at: 'hear_reply',
        next: 'menu',
        say: ['replies_one', 'reply_about', 'speak Well done.', 'reply_keys'],
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
