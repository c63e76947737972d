import { describe, expect, test } from 'vitest';
import {
  displayAnonymousId,
  hashAnonymousId,
  isAnonymousId,
  makeAnonymousId,
} from '../../surveys/anonymous-id.ts';

describe('anonymous IDs', () => {
  test('carry a check digit that finds every wrong digit and every swap of neighbors', () => {
    const id = makeAnonymousId();
    expect(isAnonymousId(id)).toBe(true);
    for (let at = 0; at < id.length; at++) {
      for (let digit = 0; digit < 10; digit++) {
        const changed = id.slice(0, at) + digit + id.slice(at + 1);
        expect(isAnonymousId(changed), changed).toBe(changed === id);
      }
      const swapped = id.slice(0, at) + (id[at + 1] ?? '') + id[at] + id.slice(at + 2);
      if (at + 1 < id.length) expect(isAnonymousId(swapped), swapped).toBe(swapped === id);
    }
  });

  test('are twelve digits and nothing else', () => {
    for (const wrong of ['', '0', '00000000000', '0000000000000', 'abcdefghijkl', '0000 0000 000'])
      expect(isAnonymousId(wrong), wrong).toBe(false);
  });

  test('are printed in groups of four', () => {
    expect(displayAnonymousId('482109375516')).toBe('4821 0937 5516');
  });

  test('are stored as a hash that needs the secret and differs between surveys', () => {
    const hash = hashAnonymousId('secret', 'survey-1', '482109375516');
    expect(hash).toBe(hashAnonymousId('secret', 'survey-1', '482109375516'));
    expect(hash).not.toBe(hashAnonymousId('another', 'survey-1', '482109375516'));
    expect(hash).not.toBe(hashAnonymousId('secret', 'survey-2', '482109375516'));
    expect(hash).not.toContain('4821');
  });
});
