import { describe, expect, test } from 'vitest';
import { applyInput } from '../../../../ivr/flow/call-flow.ts';
import type { CallState } from '../../../../ivr/flow/types.ts';
import { check, keys } from '../check.ts';
import { at, FRESH } from '../states.ts';

const quote = (text: string) => ({ text, language: 'en-US' });
const TOLD = {
  account: { accountId: 'a1', name: 'Wabash Canning', city: 'Terre Haute' },
  sentences: [
    { frame: 'You last met Bill, yesterday.', quote: null },
    { frame: 'You promised, due tomorrow:', quote: quote('I send the curve.') },
    { frame: 'Good to know:', quote: quote('He fishes.') },
  ],
};
const FIRST = ['speak You last met Bill, yesterday.'];
const SECOND = ['speak You promised, due tomorrow:', 'speak I send the curve.'];
const LAST = ['speak Good to know:', 'speak He fishes.'];

const telling = (place: number, more: Partial<CallState> = {}) =>
  at('briefing', { briefing: { told: TOLD, place }, ...more });
const over = (more: Partial<CallState> = {}) =>
  at('briefed', { briefing: { told: TOLD, place: 3 }, ...more });
const tells = (place: number, say: string[]) => ({
  at: 'briefing' as const,
  next: 'menu' as const,
  say,
  with: { briefing: { told: TOLD, place } },
});
const records = {
  at: 'recording' as const,
  next: 'record' as const,
  say: ['record_about'],
  do: ['open_dictation' as const, 'expect_recording' as const],
  with: { dictateFor: { kind: 'report' as const, accountId: 'a1' }, briefing: null },
};

describe('a briefing', () => {
  check([
    {
      when: 'begins with the account and its keys',
      state: at('finding_briefing', { choosing: { for: 'briefing', accounts: [], chosen: null } }),
      input: { kind: 'briefing_found', briefing: TOLD },
      leads: { ...tells(0, ['briefing_on', ...FIRST]) },
    },
    {
      when: 'on an account of which nothing is known',
      state: at('finding_briefing', { choosing: { for: 'briefing', accounts: [], chosen: null } }),
      input: { kind: 'briefing_found', briefing: { ...TOLD, sentences: [] } },
      leads: { at: 'briefed', next: 'menu', say: ['briefing_nothing', 'briefing_over'] },
    },
    { when: 'nothing pressed: the next', state: telling(0), input: keys(''), leads: tells(1, SECOND) },
    { when: '6: the next', state: telling(0), input: keys('6'), leads: tells(1, SECOND) },
    { when: 'pound: the next', state: telling(1), input: keys('#'), leads: tells(2, LAST) },
    { when: '4: the one before', state: telling(2), input: keys('4'), leads: tells(1, SECOND) },
    { when: '4 at the first: it again', state: telling(0), input: keys('4'), leads: tells(0, FIRST) },
    { when: '5: this one again', state: telling(1), input: keys('5'), leads: tells(1, SECOND) },
    {
      when: '0: the keys, and this one again',
      state: telling(1),
      input: keys('0'),
      leads: tells(1, ['briefing_keys', ...SECOND]),
    },
    { when: '1 in the middle: a report on the account', state: telling(1), input: keys('1'), leads: records },
    {
      when: 'star: the menu; nothing of it stays in the call',
      state: telling(1),
      input: keys('*'),
      leads: { at: 'finished', next: 'menu', say: ['afterwards'], with: { briefing: null } },
    },
    {
      when: 'behind the last one: what now',
      state: telling(2),
      input: keys(''),
      leads: { at: 'briefed', next: 'menu', say: ['briefing_over'] },
    },
    {
      when: 'after trouble: this one again',
      state: telling(1),
      input: { kind: 'resumed' },
      leads: tells(1, SECOND),
    },
    {
      when: 'hung up: the call keeps nothing of it',
      state: telling(1),
      input: { kind: 'hung_up', failed: false },
      leads: { at: 'over', next: 'hang_up', with: { briefing: null } },
    },
  ]);
  test('its sentences are parted by a breath, and by a breath only', () => {
    expect(applyInput(telling(0), keys(''), FRESH).next).toEqual({ kind: 'menu', seconds: 1 });
  });
  test('what was said is spoken in its own language', () => {
    const { prompts } = applyInput(telling(0), keys('6'), FRESH);
    expect(prompts.at(-1)).toEqual({ speak: 'I send the curve.', language: 'en-US' });
  });
});

describe('all of it was told', () => {
  check([
    { when: '1: a report on the account', state: over(), input: keys('1'), leads: records },
    { when: '4: the last one again', state: over(), input: keys('4'), leads: tells(2, LAST) },
    { when: '5: from the start', state: over(), input: keys('5'), leads: tells(0, FIRST) },
    {
      when: '3: another account',
      state: over(),
      input: keys('3'),
      leads: { at: 'choose_account', next: 'ask', with: { briefing: null } },
    },
    {
      when: 'star: the menu',
      state: over(),
      input: keys('*'),
      leads: { at: 'finished', next: 'menu', say: ['afterwards'] },
    },
    {
      when: 'another key',
      state: over(),
      input: keys('8'),
      leads: { at: 'briefed', next: 'menu', say: ['not_a_choice', 'briefing_over'] },
    },
    {
      when: 'nothing for the third time: goodbye',
      state: over({ unheard: 2 }),
      input: keys(''),
      leads: { at: 'over', next: 'hang_up', say: ['goodbye'] },
    },
  ]);
});
