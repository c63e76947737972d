import { describe, expect, test } from 'vitest';
import { applyInput } from '../../../../ivr/flow/call-flow.ts';
import { offerHeld } from '../../../../ivr/flow/dictating/held.ts';
import { offerResume } from '../../../../ivr/flow/dictating/resume.ts';
import type { UnfinishedDictation } from '../../../../ivr/flow/dictating/types.ts';
import type { CallState, Input } from '../../../../ivr/flow/types.ts';
import { check, keys, said } from '../check.ts';
import { at, FRESH, part } from '../states.ts';

const one = (dictationId: string, more: Partial<UnfinishedDictation> = {}): UnfinishedDictation => ({
  dictationId,
  kind: 'held',
  at: '2026-03-03T15:00:00.000Z',
  about: null,
  parts: [part(1, { seconds: 120 })],
  callId: null,
  ...more,
});
const DROPPED = one('cut', { kind: 'dropped', parts: [part(1), part(2, { seconds: 3 })] });
const CONNECTED = one('cut', { kind: 'connected', callId: 'other-call' });
const HELD = one('held-1');
const HELD_2 = one('held-2', { about: 'Acme' });

describe('what there is to offer', () => {
  test('nothing', () => {
    expect(offerResume(at('recording'))).toBeNull();
    expect(offerHeld(at('recording'))).toBeNull();
    expect(offerResume(at('recording', { unfinished: [HELD] }))).toBeNull();
    expect(offerHeld(at('recording', { unfinished: [DROPPED] }))).toBeNull();
  });

  test('where the line broke: the last five seconds, across parts', () => {
    const offered = offerResume(at('recording', { unfinished: [DROPPED] }));
    expect(offered && said(offered)).toEqual([
      'cut_off',
      'cut_off_at',
      'play r1 2',
      'play r2',
      'resume_keys',
    ]);
    expect(offered?.state.at).toBe('offered_resume');
  });

  test('where the carrier has not noticed yet there is nothing to hear', () => {
    const offered = offerResume(at('recording', { unfinished: [{ ...CONNECTED, about: 'Acme' }] }));
    expect(offered && said(offered)).toEqual(['cut_off_about', 'resume_keys']);
  });

  test('what is on hold: since when, about whom, how long', () => {
    const offered = offerHeld(at('recording', { unfinished: [HELD_2] }));
    expect(offered && said(offered)).toEqual(['held_report', 'here_about', 'held_length', 'held_keys']);
    const contribution = offerHeld(at('recording', { purpose: 'proposal', unfinished: [HELD] }));
    expect(contribution && said(contribution)).toEqual(['held_contribution', 'held_length', 'held_keys']);
  });
});

describe('cut off', () => {
  const here = (more: Partial<CallState> = {}) => at('offered_resume', { unfinished: [DROPPED], ...more });
  check([
    { when: '1 goes on', state: here(), input: keys('1'), leads: { at: 'resuming', next: 'ask' } },
    ...['2', ''].map((key) => ({
      when: `"${key}" leaves it, and it isn't offered again`,
      state: here(),
      input: keys(key),
      leads: {
        at: 'recording' as const,
        next: 'record' as const,
        say: ['record', 'record_keys'],
        do: ['leave_dropped' as const, 'open_dictation' as const, 'expect_recording' as const],
        with: { unfinished: [] },
      },
    })),
    {
      when: 'another key asks again',
      state: here(),
      input: keys('7'),
      leads: {
        at: 'offered_resume',
        next: 'menu',
        say: ['not_a_choice', 'cut_off', 'cut_off_at', 'play r1 2', 'play r2', 'resume_keys'],
      },
    },
    {
      when: 'hanging up leaves the offer for the next call',
      state: here(),
      input: { kind: 'hung_up', failed: false },
      leads: { at: 'over', next: 'hang_up', with: { unfinished: [] } },
    },
  ]);

  test('the call that still holds it is named, so that it can be ended', () => {
    const { next } = applyInput(here({ unfinished: [CONNECTED] }), keys('1'), FRESH);
    expect(next).toEqual({
      kind: 'ask',
      question: {
        kind: 'resume_dictation',
        dictationId: 'cut',
        kindOf: 'connected',
        callId: 'other-call',
      },
    });
  });
});

describe('on hold', () => {
  const here = (more: Partial<CallState> = {}) => at('offered_held', { unfinished: [HELD, HELD_2], ...more });
  const next = ['held_report', 'here_about', 'held_length', 'held_keys'];
  check([
    { when: '1 goes on', state: here(), input: keys('1'), leads: { at: 'resuming', next: 'ask' } },
    {
      when: '2 sends it and tells of the next',
      state: here(),
      input: keys('2'),
      leads: {
        at: 'offered_held',
        next: 'menu',
        say: ['held_sent', ...next],
        do: ['send_held'],
        with: { unfinished: [HELD_2] },
      },
    },
    ...['3', ''].map((key) => ({
      when: `"${key}" leaves it and tells of the next`,
      state: here(),
      input: keys(key),
      leads: {
        at: 'offered_held' as const,
        next: 'menu' as const,
        say: ['held_left', ...next],
        with: { unfinished: [HELD_2] },
      },
    })),
    {
      when: 'after the last one recording begins',
      state: here({ unfinished: [HELD] }),
      input: keys('3'),
      leads: {
        at: 'recording',
        next: 'record',
        say: ['held_left', 'record', 'record_keys'],
        do: ['open_dictation', 'expect_recording'],
      },
    },
    {
      when: 'hanging up leaves all of them',
      state: here(),
      input: { kind: 'hung_up', failed: false },
      leads: { at: 'over', next: 'hang_up' },
    },
  ]);
});

describe('going on', () => {
  const here = at('resuming', { unfinished: [DROPPED, HELD] });
  const REPORT = { kind: 'report', accountId: 'a1' } as const;
  const reopened: Input = {
    kind: 'reopened',
    dictation: {
      dictationId: 'cut',
      parts: [part(1), part(4, { dropped: true })],
      urgent: true,
      isContinued: true,
      isAtSeam: true,
    },
    for: REPORT,
  };

  test('in the next part of the same dictation, which begins at a seam', () => {
    const { state, effects, next } = applyInput(here, reopened, FRESH);
    expect(effects).toEqual([
      { kind: 'expect_recording', dictationId: 'cut', recordingId: 'new-recording', part: 5, seam: true },
    ]);
    expect(next.kind).toBe('record');
    expect(state).toMatchObject({ at: 'recording', unfinished: [], dictateFor: REPORT });
  });

  test('the seam waits for the first part in which something is said', () => {
    const now = applyInput(here, reopened, FRESH).state;
    const silent = applyInput(now, { kind: 'recorded', seconds: 0, endedBy: '*' }, FRESH).state;
    const again = applyInput(silent, keys('1'), FRESH);
    expect(again.effects).toMatchObject([{ kind: 'expect_recording', part: 6, seam: true }]);
    const spoken = applyInput(again.state, { kind: 'recorded', seconds: 8, endedBy: '*' }, FRESH).state;
    expect(applyInput(spoken, keys('1'), FRESH).effects).toEqual([
      { kind: 'expect_recording', dictationId: 'cut', recordingId: 'new-recording', part: 7 },
    ]);
  });

  test('its text is final: a new dictation for the same, which says what it continues when it is sent', () => {
    const { state, prompts, effects } = applyInput(
      here,
      { kind: 'typed', dictationId: 'cut', reference: '7654321', for: REPORT, about: 'Acme' },
      FRESH,
    );
    expect(prompts).toEqual([{ say: 'typed_already' }]);
    expect(effects.map(({ kind }) => kind)).toEqual(['leave_dropped', 'open_dictation', 'expect_recording']);
    expect(effects[1]).toMatchObject({ for: REPORT });
    const left = applyInput(state, { kind: 'recorded', seconds: 4, endedBy: 'hang_up' }, FRESH);
    expect(left.effects).toEqual([
      {
        kind: 'submit_dictation',
        dictationId: 'new-dictation',
        wasCutOff: true,
        continues: '7654321',
      },
    ]);
  });

  test('sent or gone on with elsewhere meanwhile: said, and the next is offered', () => {
    const { state, prompts } = applyInput(here, { kind: 'gone', dictationId: 'cut' }, FRESH);
    expect(prompts[0]).toEqual({ say: 'not_unfinished' });
    expect(state).toMatchObject({ at: 'offered_held', unfinished: [HELD] });
  });
});
