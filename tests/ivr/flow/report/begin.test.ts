import { describe, expect, test } from 'vitest';
import { applyInput } from '../../../../ivr/flow/call-flow.ts';
import type { CallState } from '../../../../ivr/flow/types.ts';
import { check, keys, said } from '../check.ts';
import { at, FRESH, part, REPLY, REPLY_2 } from '../states.ts';

const QUESTION = { questionId: 'q1', text: 'Any reaction to the price change?' };
const asked = ['office_asks', 'speak Any reaction to the price change?'];
const begins = {
  at: 'recording',
  next: 'record',
  say: ['record', 'record_keys'],
  do: ['open_dictation', 'expect_recording'],
} as const;
const record = { ...begins, say: [...begins.say], do: [...begins.do] };

const unfinished = (kind: 'held' | 'dropped') => ({
  dictationId: `d-${kind}`,
  kind,
  at: '2026-11-18T20:00:00.000Z',
  about: null,
  parts: [part(1)],
  callId: null,
});

describe('what there is to hear before dictating', () => {
  const here = at('finding_before');
  check([
    {
      when: 'nothing: recording begins',
      state: here,
      input: { kind: 'before_found', replies: [], question: null },
      leads: record,
    },
    {
      when: 'a reply goes before the question of the office',
      state: here,
      input: { kind: 'before_found', replies: [REPLY], question: QUESTION },
      leads: {
        at: 'hear_reply',
        next: 'menu',
        say: ['replies_one', 'reply_about', 'speak Well done.', 'reply_keys'],
        with: { question: QUESTION },
      },
    },
    {
      when: 'several replies',
      state: here,
      input: { kind: 'before_found', replies: [REPLY_2, REPLY], question: null },
      leads: {
        at: 'hear_reply',
        next: 'menu',
        say: ['replies_many', 'reply', 'speak Call me.', 'reply_keys'],
      },
    },
    {
      when: 'only a question',
      state: here,
      input: { kind: 'before_found', replies: [], question: QUESTION },
      leads: { at: 'hear_question', next: 'menu', say: asked },
    },
    {
      when: 'what a broken line cut off goes before all that, and what is on hold after it',
      state: here,
      input: {
        kind: 'before_found',
        replies: [REPLY],
        question: QUESTION,
        unfinished: [unfinished('held'), unfinished('dropped')],
      },
      leads: {
        at: 'offered_resume',
        next: 'menu',
        say: ['cut_off', 'cut_off_at', 'play r1 5', 'resume_keys'],
        with: { replies: [REPLY], question: QUESTION },
      },
    },
    {
      when: 'what is on hold goes before replies',
      state: here,
      input: { kind: 'before_found', replies: [REPLY], question: null, unfinished: [unfinished('held')] },
      leads: { at: 'offered_held', next: 'menu', say: ['held_report', 'held_length', 'held_keys'] },
    },
    {
      when: 'left on hold, the replies follow',
      state: at('offered_held', { unfinished: [unfinished('held')], replies: [REPLY] }),
      input: keys('3'),
      leads: {
        at: 'hear_reply',
        next: 'menu',
        say: ['held_left', 'reply_about', 'speak Well done.', 'reply_keys'],
      },
    },
    {
      when: 'after trouble nothing that was looked up is known: recording begins',
      state: here,
      input: { kind: 'resumed' },
      leads: record,
    },
  ]);
  test('speaking lets a rep through, before the report and not after it', () => {
    const before = applyInput(here, { kind: 'before_found', replies: [REPLY], question: null }, FRESH);
    expect(before.next).toEqual({ kind: 'menu', speech: true });
    const after = applyInput(
      at('finding_messages', { afterReplies: 'menu' }),
      { kind: 'messages_found', replies: [REPLY] },
      FRESH,
    );
    expect(after.next).toEqual({ kind: 'menu', speech: false });
  });
});

describe('a manager’s reply', () => {
  const here = (more: Partial<CallState> = {}) => at('hear_reply', { replies: [REPLY], ...more });
  check([
    {
      when: '1 acknowledges it; then the report',
      state: here(),
      input: keys('1'),
      leads: { ...record, do: ['acknowledge_reply', ...record.do] },
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
      when: '1 with a question: that follows',
      state: here({ question: QUESTION }),
      input: keys('1'),
      leads: { at: 'hear_question', next: 'menu', say: asked, do: ['acknowledge_reply'] },
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
      when: '3 keeps it, and the next one is read',
      state: here({ replies: [REPLY, REPLY_2] }),
      input: keys('3'),
      leads: {
        at: 'hear_reply',
        next: 'menu',
        say: ['reply_kept', 'reply', 'speak Call me.', 'reply_keys'],
        with: { replies: [REPLY_2] },
      },
    },
    {
      when: 'heard to its end it is heard, without a key',
      state: here(),
      input: keys(''),
      leads: { ...record, do: ['acknowledge_reply', ...record.do] },
    },
    {
      when: 'beginning to speak keeps all of them, and the question, for the next call',
      state: here({ replies: [REPLY, REPLY_2], question: QUESTION }),
      input: { kind: 'spoke' },
      leads: { ...record, say: ['record_at_once'], with: { replies: [], question: null } },
    },
    {
      when: 'so does pound',
      state: here({ replies: [REPLY, REPLY_2], question: QUESTION }),
      input: keys('#'),
      leads: { ...record, with: { replies: [], question: null } },
    },
    {
      when: 'star leads to the menu; all is kept',
      state: here({ question: QUESTION }),
      input: keys('*'),
      leads: { at: 'finished', next: 'menu', say: ['afterwards'], with: { replies: [], question: null } },
    },
    {
      when: 'after trouble it is read again',
      state: here(),
      input: { kind: 'resumed' },
      leads: { at: 'hear_reply', next: 'menu', say: ['reply_about', 'speak Well done.', 'reply_keys'] },
    },
    {
      when: 'hanging up acknowledges nothing, and the call keeps no text',
      state: here({ question: QUESTION }),
      input: { kind: 'hung_up', failed: false },
      leads: { at: 'over', next: 'hang_up', with: { replies: [], question: null } },
    },
    {
      when: 'as a message it leads back to the menu',
      state: here({ afterReplies: 'menu' }),
      input: keys('1'),
      leads: { at: 'finished', next: 'menu', say: ['afterwards'], do: ['acknowledge_reply'] },
    },
  ]);
});

describe('what the office asks', () => {
  const here = at('hear_question', { question: QUESTION });
  const heard = { ...record, do: ['question_heard' as const, ...record.do], with: { question: null } };
  check([
    { when: 'listened to: heard', state: here, input: keys(''), leads: heard },
    { when: 'skipped by any key: heard', state: here, input: keys('5'), leads: heard },
    {
      when: 'skipped by speaking: heard, and the tone comes at once',
      state: here,
      input: { kind: 'spoke' },
      leads: { ...heard, say: ['record_at_once'] },
    },
    {
      when: 'star leads to the menu: heard',
      state: here,
      input: keys('*'),
      leads: { at: 'finished', next: 'menu', say: ['afterwards'], do: ['question_heard'] },
    },
    {
      when: 'after trouble it is asked again',
      state: here,
      input: { kind: 'resumed' },
      leads: { at: 'hear_question', next: 'menu', say: asked },
    },
    {
      when: 'hung up: it comes again at the next call',
      state: here,
      input: { kind: 'hung_up', failed: false },
      leads: { at: 'over', next: 'hang_up' },
    },
  ]);
  test('a rep who does nothing waits for a breath, not for a menu', () => {
    const { next, prompts } = applyInput(here, { kind: 'resumed' }, FRESH);
    expect(next).toEqual({ kind: 'menu', speech: true, seconds: 1 });
    expect(said({ state: here, prompts, effects: [], next })).toEqual(asked);
  });
});
