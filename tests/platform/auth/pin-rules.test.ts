import { describe, expect, test } from 'vitest';
import { COMMON_PINS } from '../../../platform/auth/common-pins.ts';
import { issuePin, type PinWeakness, weaknessOf } from '../../../platform/auth/pin-rules.ts';

const owner = { shortNumber: '4711', phones: ['+16025550134', '+525512345678'] };

describe('a PIN is refused', () => {
  test.each<[string, PinWeakness]>([
    ['', 'too_short'],
    ['7302', 'too_short'],
    ['73025918364', 'too_long'],
    ['77777', 'repeats'],
    ['73737', 'repeats'],
    ['737373', 'repeats'],
    ['772299', 'repeats'],
    ['729729', 'repeats'],
    ['34567', 'sequence'],
    ['98765', 'sequence'],
    ['890123', 'sequence'],
    ['02468', 'sequence'],
    ['19847', 'date'],
    ['71984', 'date'],
    ['198473', 'date'],
    ['311284', 'date'],
    ['123184', 'date'],
    ['841231', 'date'],
    ['24121999', 'date'],
    ['19991224', 'date'],
    ['14789', 'keypad'],
    ['147258', 'keypad'],
    ['963852', 'keypad'],
    ['159753', 'keypad'],
    ['25809', 'keypad'],
    ['47110', 'own_number'],
    ['924711', 'own_number'],
    ['50134', 'own_number'],
    ['940134', 'own_number'],
    ['5550134', 'own_number'],
    ['12345678', 'sequence'],
    ['31415926', 'common'],
    ['8675309', 'common'],
    ['420420', 'repeats'],
    ['90210', 'common'],
  ])('%s: %s', (pin, weakness) => {
    expect(weaknessOf(pin, owner)).toBe(weakness);
  });
});

test.each(['73025', '730259', '8402957', '0493817', '2604917385'])('%s is taken', (pin) => {
  expect(weaknessOf(pin, owner)).toBeNull();
});

test('who has neither short number nor phone is not refused for it', () => {
  expect(weaknessOf('940134', { shortNumber: null, phones: [] })).toBeNull();
});

test('the list holds what no rule refuses', () => {
  expect(COMMON_PINS.size).toBe(752);
  for (const pin of COMMON_PINS)
    expect([pin, weaknessOf(pin, { shortNumber: null, phones: [] })]).toEqual([pin, 'common']);
});

test('of five digits 90,373 may be chosen', () => {
  let taken = 0;
  for (let number = 0; number < 100_000; number += 1) {
    if (weaknessOf(String(number).padStart(5, '0'), { shortNumber: null, phones: [] }) === null) taken += 1;
  }
  expect(taken).toBe(90_373);
});

test('an issued PIN has six digits, is none that would be refused, and is another one each time', () => {
  const issued = Array.from({ length: 300 }, () => issuePin(owner));
  for (const pin of issued) {
    expect(pin).toMatch(/^\d{6}$/);
    expect(weaknessOf(pin, owner)).toBeNull();
  }
  expect(new Set(issued).size).toBeGreaterThan(290);
});
