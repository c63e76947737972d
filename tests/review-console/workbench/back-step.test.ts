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

  it('never drifts back, however often one pauses', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.4, noNaN: true }), { maxLength: 50 }), (plays) => {
        let listening = heardUntil(jumpedTo(0), 10);
        let position = 10;
        for (const seconds of plays) {
          position = resumeAt(listening, position, 1.5);
          expect(position).toBeGreaterThanOrEqual(8.5);
          position += seconds;
          listening = heardUntil(listening, position);
        }
      }),
    );
  });

  it('starts anew after a jump', () => {
    const listening = jumpedTo(3);
    expect(resumeAt(listening, 3, 1.5)).toBe(1.5);
  });

  it('does not go before the beginning', () => {
    expect(resumeAt(jumpedTo(0.5), 0.5, 5)).toBe(0);
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
