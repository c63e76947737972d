import { describe } from 'vitest';
import { check, keys } from '../check.ts';
import { at, FRESH } from '../states.ts';

const REPORTS = [
  { reportId: 'r1', about: 'Wabash Canning', day: '2026-11-17' },
  { reportId: 'r2', about: null, day: '2026-11-16' },
];
const which = at('flag_which', { flagging: { reports: REPORTS, flagId: null } });
const what = at('flag_what', { flagging: { reports: REPORTS, flagId: 'f1' } });
const LIST = ['flag_which', 'flag_key_about', 'flag_key'];

describe('something in the CRM is wrong', () => {
  check([
    {
      when: '5 in the menu looks for the last reports',
      state: at('finished'),
      input: keys('5'),
      leads: { at: 'finding_reports', next: 'ask' },
    },
    {
      when: 'they are read, the newest first',
      state: at('finding_reports'),
      input: { kind: 'reports_found', reports: REPORTS },
      leads: { at: 'flag_which', next: 'menu', say: LIST },
    },
    {
      when: 'there are none',
      state: at('finding_reports'),
      input: { kind: 'reports_found', reports: [] },
      leads: { at: 'finished', next: 'menu', say: ['flag_none', 'afterwards'] },
    },
    {
      when: 'the one that is chosen is marked at once: the line may break now',
      state: which,
      input: keys('2'),
      leads: {
        at: 'flag_what',
        next: 'menu',
        say: ['flag_what'],
        do: ['flag_report'],
        with: { flagging: { reports: REPORTS, flagId: FRESH.linkId } },
      },
    },
    {
      when: 'a key without a report',
      state: which,
      input: keys('3'),
      leads: { at: 'flag_which', next: 'menu', say: ['not_a_choice', ...LIST] },
    },
    {
      when: 'zero goes back, and marks nothing',
      state: which,
      input: keys('0'),
      leads: { at: 'finished', next: 'menu', say: ['afterwards'], with: { flagging: null } },
    },
    {
      when: 'nothing three times goes back',
      state: { ...which, unheard: 2 },
      input: keys(''),
      leads: { at: 'finished', next: 'menu', say: ['afterwards'], with: { unheard: 0 } },
    },
    {
      when: 'what is wrong',
      state: what,
      input: keys('2'),
      leads: {
        at: 'finished',
        next: 'menu',
        say: ['flag_thanks', 'afterwards'],
        do: ['say_what_is_wrong'],
        with: { flagging: null },
      },
    },
    {
      when: 'star: it was another report',
      state: what,
      input: keys('*'),
      leads: {
        at: 'flag_which',
        next: 'menu',
        say: LIST,
        do: ['unflag_report'],
        with: { flagging: { reports: REPORTS, flagId: null } },
      },
    },
    {
      when: 'nobody says what is wrong: it stays marked',
      state: { ...what, unheard: 2 },
      input: keys(''),
      leads: { at: 'finished', next: 'menu', say: ['flag_thanks', 'afterwards'] },
    },
    {
      when: 'hanging up in between: it stays marked',
      state: what,
      input: { kind: 'hung_up', failed: false },
      leads: { at: 'over', next: 'hang_up' },
    },
  ]);
});
