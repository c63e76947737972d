import { describe } from 'vitest';
import { check, keys, recorded } from './check.ts';
import { at } from './states.ts';

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
      input: { kind: 'hung_up', failed: false },
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
