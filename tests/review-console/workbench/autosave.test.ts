import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Autosave,
  type Content,
  LONGEST_WAIT_MS,
  PAUSE_MS,
  type ServerDraft,
  shouldSend,
  startAutosave,
  stepAutosave,
} from '../../../review-console/browser/workbench/saving/autosave.ts';
import { mergeTexts } from '../../../transcription/jobs/text-splice.ts';

const content = (text: string): Content => ({ text, anchors: [], audioPositionMs: 0, review: null });
const server = (revision: number, text: string): ServerDraft => ({ ...content(text), revision });
const start = (text = '') => startAutosave(server(3, text), content(text), 0);
const type = (state: Autosave, text: string, nowMs: number) =>
  stepAutosave(state, { type: 'edited', content: content(text) }, nowMs);
const due = (state: Autosave, nowMs: number) => stepAutosave(state, { type: 'due' }, nowMs);

describe('autosave', () => {
  it('sends after a pause', () => {
    const state = type(start(), 'a', 1000);
    expect(shouldSend(state, 1000 + PAUSE_MS - 1)).toBe(false);
    expect(shouldSend(state, 1000 + PAUSE_MS)).toBe(true);
  });

  it('sends while somebody types without a pause', () => {
    let state = start();
    for (let ms = 0; ms <= LONGEST_WAIT_MS; ms += 100) state = type(state, 'x'.repeat(ms / 100 + 1), ms);
    expect(shouldSend(state, LONGEST_WAIT_MS)).toBe(true);
  });

  it('has one request in flight and sends what was typed meanwhile afterwards', () => {
    let state = due(type(start(), 'a', 0), PAUSE_MS);
    expect(state).toMatchObject({ phase: 'saving', sent: { text: 'a' } });
    state = type(state, 'ab', 500);
    expect(shouldSend(state, 60_000)).toBe(false);
    state = stepAutosave(state, { type: 'accepted', revision: 4 }, 600);
    expect(state).toMatchObject({ phase: 'dirty', revision: 4, baseText: 'a' });
    state = stepAutosave(due(state, 5000), { type: 'accepted', revision: 5 }, 5100);
    expect(state).toMatchObject({ phase: 'idle', revision: 5 });
  });

  it('tries again after no answer, later each time, at once when back online', () => {
    let state = due(type(start(), 'a', 0), PAUSE_MS);
    state = stepAutosave(state, { type: 'failed' }, 1000);
    expect(state).toMatchObject({ phase: 'offline', sendAtMs: 1500 });
    state = stepAutosave(due(state, 1500), { type: 'failed' }, 2000);
    expect(state.sendAtMs).toBe(3000);
    expect(shouldSend(stepAutosave(state, { type: 'online' }, 2100), 2100)).toBe(true);
  });

  it('knows its own text again when the answer was lost', () => {
    let state = due(type(start('base'), 'base one', 0), PAUSE_MS);
    state = stepAutosave(state, { type: 'failed' }, 1000);
    state = due(type(state, 'base one two', 1100), 2000);
    state = stepAutosave(state, { type: 'conflicted', theirs: server(4, 'base one') }, 2100);
    expect(state).toMatchObject({ phase: 'dirty', revision: 4, content: { text: 'base one two' } });
  });

  it('merges changes in different places', () => {
    const base = 'One. Two. Three.';
    let state = due(type(start(base), 'One. Two. Three. Four.', 0), PAUSE_MS);
    state = stepAutosave(state, { type: 'conflicted', theirs: server(9, 'Zero. One. Two. Three.') }, 500);
    expect(state).toMatchObject({
      phase: 'dirty',
      revision: 9,
      merges: 1,
      content: { text: 'Zero. One. Two. Three. Four.' },
    });
  });

  it('asks when both changed the same place, and overwrites nothing meanwhile', () => {
    let state = due(type(start('base'), 'mine', 0), PAUSE_MS);
    state = stepAutosave(state, { type: 'conflicted', theirs: server(9, 'theirs') }, 500);
    expect(state).toMatchObject({ phase: 'conflict', content: { text: 'mine' }, theirs: { text: 'theirs' } });
    state = type(state, 'mine and more', 600);
    expect(shouldSend(state, 60_000)).toBe(false);
    state = stepAutosave(state, { type: 'resolved', content: content('both') }, 700);
    expect(state).toMatchObject({
      phase: 'dirty',
      revision: 9,
      baseText: 'theirs',
      content: { text: 'both' },
    });
  });

  it('keeps the text and sends nothing when the lease is lost', () => {
    let state = stepAutosave(due(type(start(), 'a', 0), PAUSE_MS), { type: 'lease-lost' }, 500);
    state = type(state, 'ab', 600);
    expect(state).toMatchObject({ phase: 'lost', content: { text: 'ab' } });
    expect(shouldSend(state, 60_000)).toBe(false);
    state = stepAutosave(state, { type: 'lease-regained' }, 700);
    expect(shouldSend(state, 700)).toBe(true);
    expect(state.content.text).toBe('ab');
  });

  /** A server as the real one is: takes a save on its revision, refuses any other. Answers may get lost. */
  it('ends with the last text at the server whatever gets lost on the way', () => {
    const events = fc.array(
      fc.oneof(
        fc.record({ type: fc.constant('key' as const), letter: fc.constantFrom('a', 'b', ' ') }),
        fc.record({ type: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 3000 }) }),
        fc.record({
          type: fc.constant('answer' as const),
          fate: fc.constantFrom('ok', 'request lost', 'answer lost'),
        }),
      ),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(events, (script) => {
        let nowMs = 0;
        let text = '';
        let there = { revision: 0, text: '' };
        let state = startAutosave(server(0, ''), content(''), 0);
        const answer = (fate: string) => {
          if (state.phase !== 'saving' || !state.sent) return;
          const { sent, revision } = state;
          if (fate === 'request lost') state = stepAutosave(state, { type: 'failed' }, nowMs);
          else if (revision === there.revision) {
            there = { revision: revision + 1, text: sent.text };
            state = stepAutosave(
              state,
              fate === 'ok' ? { type: 'accepted', revision: there.revision } : { type: 'failed' },
              nowMs,
            );
          } else
            state = stepAutosave(
              state,
              fate === 'ok'
                ? { type: 'conflicted', theirs: server(there.revision, there.text) }
                : { type: 'failed' },
              nowMs,
            );
        };
        for (const event of script) {
          if (event.type === 'key') {
            text += event.letter;
            state = type(state, text, nowMs);
          } else if (event.type === 'time') {
            nowMs += event.ms;
            state = due(state, nowMs);
          } else answer(event.fate);
          expect(state.content.text).toBe(text);
          expect(state.phase).not.toBe('conflict');
        }
        for (let round = 0; round < 12 && state.phase !== 'idle'; round += 1) {
          nowMs += 6000;
          state = due(state, nowMs);
          answer('ok');
        }
        expect(there.text).toBe(text);
      }),
    );
  });
});

describe('mergeTexts', () => {
  it('keeps both changes or gives up', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.string({ maxLength: 5 }),
        fc.string({ maxLength: 5 }),
        (base, a, b) => {
          const mine = `${base}. end${a}`;
          const theirs = `${b}${base}. end`;
          const merged = mergeTexts(`${base}. end`, mine, theirs);
          if (merged !== null) expect(merged).toBe(`${b}${base}. end${a}`);
        },
      ),
    );
  });

  it.each([
    ['same', 'ab', 'ab', 'ab', 'ab'],
    ['only mine', 'ab', 'abc', 'ab', 'abc'],
    ['only theirs', 'ab', 'ab', 'abc', 'abc'],
    ['both the same', 'ab', 'abc', 'abc', 'abc'],
    ['the same place', 'ab', 'abc', 'abd', null],
  ])('%s', (_name, base, mine, theirs, merged) => {
    expect(mergeTexts(base, mine, theirs)).toBe(merged);
  });
});
