import { describe, expect, test } from 'vitest';
import { LONGEST_MEMORY_MS } from '../../../ivr/pins/forget-old-failures.ts';
import { ID_POLICIES } from '../../../ivr/pins/id-throttle.ts';
import { PIN_POLICIES } from '../../../ivr/pins/pin-throttle.ts';
import { PER_ADDRESS, PER_PERSON } from '../../../platform/auth/sign-in.ts';
import { forgottenAfterMs, guessesWithin } from '../../../platform/auth/throttle.ts';

const DAY_MS = 24 * 3_600_000;
const all = Object.entries({ ...PIN_POLICIES, PER_PERSON, PER_ADDRESS });

test.each(all)('%s is forgotten before the sweep removes it', (_name, policy) => {
  expect(forgottenAfterMs(policy)).toBeLessThan(LONGEST_MEMORY_MS);
});

test.each(Object.entries(ID_POLICIES))('%s of anonymous IDs is forgotten within the day', (_name, policy) => {
  expect(forgottenAfterMs(policy)).toBeLessThan(DAY_MS);
});

describe('guesses a day', () => {
  // What docs/SECURITY.md says.
  test.each([
    ['OWN_PHONE', 14],
    ['REP', 18],
    ['CALLER', 21],
    ['WITHHELD', 67],
    ['LINE', 303],
  ] as const)('%s: %i', (name, expected) => {
    expect(guessesWithin(DAY_MS, PIN_POLICIES[name])).toBe(expected);
  });
});
