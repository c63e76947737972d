import { expect, test } from 'vitest';
import { texts as english } from '../../../ivr/prompts/en-US.ts';
import { texts as spanish } from '../../../ivr/prompts/es-US.ts';
import { keyThatLeaves } from '../../../ivr/simulator/dictate.ts';

/** What each menu before a report may be left with, so that nothing is lost to a caller without ears. */
test.each([
  ['a broken line', 'dictating', 'resume_keys', '2'],
  ['what is on hold', 'dictating', 'held_keys', '3'],
  ['a reply', 'report', 'reply_keys', '3'],
  ['an unclear passage', 'report', 'doubt_keys', '#'],
] as const)('%s', (_what, group, prompt, key) => {
  for (const texts of [english, spanish]) {
    const said: Record<string, string> = texts[group];
    expect(keyThatLeaves(said[prompt] ?? '')).toBe(key);
  }
});

test('a question of the office is passed by any key', () => {
  expect(keyThatLeaves('Any reaction to the price change?')).toBe('#');
});
