import { describe, expect, test } from 'vitest';
import { applyInput } from '../../../../ivr/flow/call-flow.ts';
import type { ChoosingFor } from '../../../../ivr/flow/report/types.ts';
import type { CallState } from '../../../../ivr/flow/types.ts';
import { check, keys } from '../check.ts';
import { at, FRESH } from '../states.ts';

const WABASH = { accountId: 'a1', name: 'Wabash Canning', city: 'Terre Haute' };
const LLANO = { accountId: 'a2', name: 'Llano Water', city: '' };

const choosing = (why: ChoosingFor, more: Partial<CallState> = {}) =>
  at('choose_account', { choosing: { for: why, accounts: [WABASH, LLANO], chosen: null }, ...more });
const again = { at: 'choose_account', next: 'entry' } as const;

describe('which account', () => {
  check([
    {
      when: 'the last ones are read with their keys',
      state: at('choose_account', { choosing: { for: 'briefing', accounts: [], chosen: null } }),
      input: { kind: 'accounts_found', accounts: [WABASH, LLANO] },
      leads: {
        ...again,
        say: ['account_for_briefing', 'account_last', 'account_key', 'account_key'],
        with: { choosing: { for: 'briefing', accounts: [WABASH, LLANO], chosen: null } },
      },
    },
    {
      when: 'a rep who has none keys in a number',
      state: at('choose_account', { choosing: { for: 'report', accounts: [], chosen: null } }),
      input: { kind: 'accounts_found', accounts: [] },
      leads: { ...again, say: ['account_for_report'] },
    },
    {
      when: 'one key: that of the list is told',
      state: choosing('report'),
      input: keys('2'),
      leads: {
        at: 'confirm_account',
        next: 'menu',
        say: ['account_chosen'],
        with: { choosing: { for: 'report', accounts: [], chosen: LLANO } },
      },
    },
    {
      when: 'one key for a briefing: it is looked up',
      state: choosing('briefing'),
      input: keys('1'),
      leads: { at: 'finding_briefing', next: 'ask' },
    },
    {
      when: 'a key that stands for none',
      state: choosing('report'),
      input: keys('7'),
      leads: { ...again, say: ['not_a_choice', 'account_again'] },
    },
    {
      when: 'a number is looked up',
      state: choosing('report', { unheard: 2 }),
      input: keys('47'),
      leads: { at: 'finding_account', next: 'ask', with: { unheard: 0 } },
    },
    {
      when: 'star starts the number over',
      state: choosing('briefing'),
      input: keys('4*12'),
      leads: { at: 'finding_briefing', next: 'ask' },
    },
    {
      when: 'zero leads back to the menu',
      state: choosing('report'),
      input: keys('0'),
      leads: { at: 'finished', next: 'menu', say: ['afterwards'], with: { choosing: null } },
    },
    {
      when: 'nothing: asked again, without the list',
      state: choosing('report'),
      input: keys(''),
      leads: { ...again, say: ['account_again'], with: { unheard: 1 } },
    },
    {
      when: 'nothing for the third time leads back to the menu',
      state: choosing('report', { unheard: 2 }),
      input: keys(''),
      leads: { at: 'finished', next: 'menu', say: ['afterwards'], with: { unheard: 0 } },
    },
    {
      when: 'a number that nobody has is told, and asked for again; the keys stay',
      state: { ...choosing('report'), at: 'finding_account' },
      input: { kind: 'account_found', account: null },
      leads: {
        ...again,
        say: ['account_unknown', 'account_again'],
        with: { choosing: { for: 'report', accounts: [WABASH, LLANO], chosen: null } },
      },
    },
    {
      when: 'the same for a briefing',
      state: { ...choosing('briefing'), at: 'finding_briefing' },
      input: { kind: 'briefing_found', briefing: null },
      leads: { ...again, say: ['account_unknown', 'account_again'] },
    },
    {
      when: 'after trouble it is asked again',
      state: choosing('report'),
      input: { kind: 'resumed' },
      leads: { ...again, say: ['account_again'] },
    },
  ]);
  test('the questions name what was keyed in', () => {
    const asks = (state: CallState, pressed: string) => applyInput(state, keys(pressed), FRESH).next;
    expect(asks(choosing('report'), '47')).toEqual({
      kind: 'ask',
      question: { kind: 'find_account', shortNumber: '47' },
    });
    expect(asks(choosing('briefing'), '47')).toEqual({
      kind: 'ask',
      question: { kind: 'find_briefing', account: { shortNumber: '47' } },
    });
    expect(asks(choosing('briefing'), '2')).toEqual({
      kind: 'ask',
      question: { kind: 'find_briefing', account: { accountId: 'a2' } },
    });
  });
});

describe('the account of a report', () => {
  const chosen = at('confirm_account', { choosing: { for: 'report', accounts: [], chosen: WABASH } });
  check([
    {
      when: 'its name and city are told',
      state: { ...choosing('report'), at: 'finding_account' },
      input: { kind: 'account_found', account: WABASH },
      leads: { at: 'confirm_account', next: 'menu', say: ['account_chosen'] },
    },
    {
      when: 'doing nothing records on it',
      state: chosen,
      input: keys(''),
      leads: {
        at: 'recording',
        next: 'record',
        say: ['record_about'],
        do: ['open_dictation', 'expect_recording'],
        with: { choosing: null, dictateFor: { kind: 'report', accountId: 'a1' } },
      },
    },
    {
      when: 'star takes it back',
      state: chosen,
      input: keys('*'),
      leads: {
        at: 'choose_account',
        next: 'ask',
        with: { choosing: { for: 'report', accounts: [], chosen: null } },
      },
    },
    {
      when: 'after trouble it is told again',
      state: chosen,
      input: { kind: 'resumed' },
      leads: { at: 'confirm_account', next: 'menu', say: ['account_chosen'] },
    },
  ]);
  test('name and city in one breath; the dictation opens for the account', () => {
    const told = applyInput(
      { ...choosing('report'), at: 'finding_account' },
      { kind: 'account_found', account: WABASH },
      FRESH,
    );
    expect(told.prompts).toEqual([
      { say: 'account_chosen', values: { name: 'Wabash Canning, Terre Haute' } },
    ]);
    const { effects } = applyInput(told.state, keys(''), FRESH);
    expect(effects[0]).toMatchObject({ kind: 'open_dictation', for: { kind: 'report', accountId: 'a1' } });
  });
});
