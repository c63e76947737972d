import { describe, expect, it } from 'vitest';
import {
  type PartState,
  planSettling,
  type SettlingState,
} from '../../../transcription/dictations/plan-settling.ts';

const NOW = new Date('2026-03-02T15:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

type Part = [PartState['status'], Partial<PartState>?];

function plan(jobStatus: string, parts: Part[], more: Partial<SettlingState> & { closeCode?: string } = {}) {
  const { closeCode = null, ...rest } = more;
  const state: SettlingState = {
    status: 'submitted',
    submittedAt: minutesAgo(1),
    hasAudio: false,
    isAnswer: false,
    job: { status: jobStatus as 'waiting', closeCode },
    parts: parts.map(([status, part], at) => ({
      id: String(at + 1),
      part: at + 1,
      status,
      dropped: false,
      audioStartMs: null,
      ...part,
    })),
    ...rest,
  };
  const made = planSettling(state, NOW);
  return 'parts' in made ? `${made.kind} ${made.parts.map((part) => part.id).join('')}` : made.kind;
}

const laid = { audioStartMs: 0 };

describe('in preparation', () => {
  it.each([
    ['all parts are here', [['verified'], ['verified']], 'lay 12'],
    [
      'empty and dropped ones are left out',
      [['verified'], ['empty'], ['verified', { dropped: true }], ['verified']],
      'lay 14',
    ],
    ['one is on its way', [['verified'], ['announced']], 'wait'],
    ['one is expected', [['verified'], ['expected']], 'wait'],
    ['a dropped one is not waited for', [['verified'], ['announced', { dropped: true }]], 'lay 1'],
    ['a dead one is not waited for', [['verified'], ['dead']], 'lay 1'],
    ['a dead one alone keeps the job back', [['dead']], 'wait'],
    ['nothing was said', [['empty'], ['empty']], 'silent'],
    ['everything was dropped', [['verified', { dropped: true }]], 'silent'],
    ['there are no parts', [], 'silent'],
  ] as [string, Part[], string][])('%s', (_name, parts, expected) => {
    expect(plan('preparing', parts)).toBe(expected);
  });

  it('waits ten minutes for a part that may never come, thirty for one that is announced', () => {
    const at = (minutes: number) => ({ submittedAt: minutesAgo(minutes) });
    expect(plan('preparing', [['verified'], ['expected']], at(9))).toBe('wait');
    expect(plan('preparing', [['verified'], ['expected']], at(10))).toBe('lay 1');
    expect(plan('preparing', [['expected']], at(10))).toBe('silent');
    expect(plan('preparing', [['verified'], ['announced']], at(29))).toBe('wait');
    expect(plan('preparing', [['verified'], ['announced']], at(30))).toBe('lay 1');
    expect(plan('preparing', [['announced']], at(600))).toBe('wait');
  });
});

describe('after it was settled', () => {
  const settled = { hasAudio: true };
  it.each([
    ['nothing is new', 'waiting', [['verified', laid]], 'nothing'],
    ['a late part while it waits', 'waiting', [['verified', laid], ['verified']], 'lay 12'],
    ['a late part while it is typed', 'claimed', [['verified', laid], ['verified']], 'lay 12'],
    [
      'a part was dropped after all',
      'waiting',
      [
        ['verified', laid],
        ['verified', { ...laid, dropped: true }],
      ],
      'lay 1',
    ],
    ['a late part that is empty', 'claimed', [['verified', laid], ['empty']], 'nothing'],
    ['a late part after the text is final', 'finalized', [['verified', laid], ['verified']], 'continue 2'],
    ['a late part after a person closed it', 'closed', [['verified', laid], ['verified']], 'continue 2'],
    [
      'a dropped one after the text is final',
      'finalized',
      [
        ['verified', laid],
        ['verified', { dropped: true }],
      ],
      'nothing',
    ],
  ] as [string, string, Part[], string][])('%s', (_name, job, parts, expected) => {
    expect(plan(job, parts, settled)).toBe(expected);
  });

  it('what was closed as silent is opened again by speech', () => {
    expect(plan('closed', [['empty'], ['verified']], { closeCode: 'silent', status: 'discarded' })).toBe(
      'lay 2',
    );
    expect(plan('closed', [['empty']], { closeCode: 'silent', status: 'discarded' })).toBe('nothing');
  });
});

it('leaves alone what is still spoken, held or has no job', () => {
  expect(plan('preparing', [['verified']], { status: 'open' })).toBe('nothing');
  expect(plan('preparing', [['verified']], { status: 'held' })).toBe('nothing');
  expect(plan('preparing', [['verified']], { job: null })).toBe('nothing');
});

describe('an answer to a doubt, which has no job', () => {
  it.each([
    ['all parts are here', [['verified'], ['empty']], {}, 'lay 1'],
    ['one is on its way', [['verified'], ['announced']], {}, 'wait'],
    ['nothing was said', [['empty']], {}, 'silent'],
    ['the speaker is still at it', [['verified']], { status: 'open' }, 'nothing'],
    ['it is laid', [['verified', laid]], { hasAudio: true }, 'nothing'],
    ['a part came late', [['verified', laid], ['verified']], { hasAudio: true }, 'lay 12'],
    [
      'one more may come, but it can be heard',
      [['verified', laid], ['expected']],
      { hasAudio: true },
      'nothing',
    ],
    ['it was taken for silent', [['empty']], { status: 'discarded' }, 'nothing'],
    ['it was taken for silent and was not', [['verified']], { status: 'discarded' }, 'lay 1'],
  ] as [string, Part[], Partial<SettlingState>, string][])('%s', (_name, parts, more, expected) => {
    expect(plan('waiting', parts, { ...more, job: null, isAnswer: true })).toBe(expected);
    expect(plan('waiting', parts, { ...more, job: null, isAnswer: false })).toBe('nothing');
  });
});
