import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FASTEST,
  heardUntil,
  jumpedTo,
  nextSpeed,
  resumeAt,
  SLOWEST,
} from '../../../review-console/browser/workbench/audio/back-step.ts';

describe('resuming', () => {
  it('steps back a little', () => {
    expect(resumeAt(heardUntil(jumpedTo(0), 10), 10, 1.5)).toBe(8.5);
  });

  it('never drifts back, however often and whatever the step', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { maxLength: 50 }),
        (step, plays) => {
          let listening = heardUntil(jumpedTo(0), 10);
          let position = 10;
          let furthest = 10;
          for (const seconds of plays) {
            position = resumeAt(listening, position, step);
            expect(position).toBeCloseTo(Math.min(furthest - step, position), 9);
            expect(position).toBeGreaterThanOrEqual(10 - step - 1e-9);
            position += seconds;
            furthest = Math.max(furthest, position);
            listening = heardUntil(listening, position);
          }
        },
      ),
    );
  });

  it('pausing at once, again and again, plays the same piece again and goes no further back', () => {
    let listening = heardUntil(jumpedTo(0), 10);
    const resumed = [0, 0, 0].map(() => {
      const at = resumeAt(listening, 9, 1.5);
      listening = heardUntil(listening, 9);
      return at;
    });
    expect(resumed).toEqual([8.5, 8.5, 8.5]);
  });

  it('begins where somebody jumped to, and steps back once something was heard from there', () => {
    expect(resumeAt(jumpedTo(3), 3, 1.5)).toBe(3);
    expect(resumeAt(heardUntil(jumpedTo(3), 5), 5, 1.5)).toBe(3.5);
  });

  it('does not go before the beginning', () => {
    expect(resumeAt(heardUntil(jumpedTo(0), 0.5), 0.5, 5)).toBe(0);
  });
});

describe('nextSpeed', () => {
  it.each([
    [1, 1, 1.05],
    [1, -1, 0.95],
    [SLOWEST, -1, SLOWEST],
    [FASTEST, 1, FASTEST],
  ] as const)('from %d by %i', (speed, direction, next) => {
    expect(nextSpeed(speed, direction)).toBeCloseTo(next);
  });
});
