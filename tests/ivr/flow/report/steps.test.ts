import { describe, expect, test } from 'vitest';
import { applyInput } from '../../../../ivr/flow/call-flow.ts';
import { check, keys } from '../check.ts';
import { at, dictation, FRESH, part, REPLY } from '../states.ts';

describe('a report was sent', () => {
  check([
    {
      when: 'length and reference are read back',
      state: at('submitting', {
        dictation: dictation(part(1), part(2, { dropped: true }), part(3)),
        dictateFor: { kind: 'report', accountId: 'a1' },
      }),
      input: { kind: 'submitted', reference: '1234567' },
      leads: {
        at: 'finished',
        next: 'menu',
        say: ['saved', 'reference', 'afterwards'],
        with: { dictation: null, dictateFor: { kind: 'report', accountId: null } },
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
      when: '3: which account for a briefing',
      state: at('finished'),
      input: keys('3'),
      leads: {
        at: 'choose_account',
        next: 'ask',
        with: { choosing: { for: 'briefing', accounts: [], chosen: null } },
      },
    },
    {
      when: '4: which account for a report',
      state: at('finished'),
      input: keys('4'),
      leads: {
        at: 'choose_account',
        next: 'ask',
        with: { choosing: { for: 'report', accounts: [], chosen: null } },
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
