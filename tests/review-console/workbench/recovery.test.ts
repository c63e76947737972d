import { describe, expect, it } from 'vitest';
import type { ServerDraft } from '../../../review-console/browser/workbench/saving/autosave.ts';
import { type LocalDraft, recoverDraft } from '../../../review-console/browser/workbench/saving/recovery.ts';

const server = (revision: number, text: string): ServerDraft => ({
  revision,
  text,
  anchors: [],
  audioPositionMs: 0,
  review: null,
});
const local = (text: string, rest: Partial<LocalDraft> = {}): LocalDraft => ({
  text,
  anchors: [],
  audioPositionMs: 0,
  review: null,
  leaseToken: 'lease',
  revision: 2,
  baseText: 'base',
  unanswered: [],
  unsaved: true,
  savedAtMs: 1,
  seq: 1,
  ...rest,
});

describe('recoverDraft', () => {
  it.each<[string, LocalDraft | null, ServerDraft, string, string]>([
    ['nothing here', null, server(2, 'base'), 'server', 'base'],
    ['all of it was saved', local('base', { unsaved: false }), server(7, 'newer'), 'server', 'newer'],
    ['typed on the revision that is there', local('base more'), server(2, 'base'), 'local', 'base more'],
    [
      'a save arrived, its answer did not',
      local('base a b', { unanswered: ['base a'] }),
      server(3, 'base a'),
      'local',
      'base a b',
    ],
    ['the server has the same', local('same'), server(5, 'same'), 'server', 'same'],
    [
      'both went on in different places',
      local('base. End.', { baseText: 'base.' }),
      server(4, 'The base.'),
      'merged',
      'The base. End.',
    ],
    ['both changed the same place', local('mine'), server(4, 'theirs'), 'both', 'theirs'],
    [
      'a confirmed local draft with a higher revision than the server’s answer is used',
      local('saved meanwhile', { unsaved: false, revision: 8 }),
      server(7, 'saved'),
      'local',
      'saved meanwhile',
    ],
    [
      'a confirmed local draft of the same revision is what the server has',
      local('base', { unsaved: false, revision: 7 }),
      server(7, 'base'),
      'server',
      'base',
    ],
  ])('%s', (_name, kept, there, kind, text) => {
    expect(recoverDraft(kept, there)).toMatchObject({ kind, content: { text } });
  });

  it('drops neither text when it can not tell', () => {
    const recovery = recoverDraft(local('mine'), server(4, 'theirs'));
    expect(recovery).toMatchObject({ kind: 'both', content: { text: 'theirs' }, local: { text: 'mine' } });
  });

  it('moves anchors along with a merge', () => {
    const kept = local('base. End.', { baseText: 'base.', anchors: [[6, 900]] });
    expect(recoverDraft(kept, server(4, 'The base.')).content.anchors).toEqual([[10, 900]]);
  });

  const mark = (id: string, start: number, end: number) => ({ id, start, end });

  it('has the marks that the server knows, where this computer saw them last', () => {
    const there = { ...server(2, 'He wants fifty.'), marks: [mark('a', 9, 14), mark('b', 3, 8)] };
    const text = 'Well, he wants fifty.';
    const kept = local(text, { baseText: 'He wants fifty.', marks: [mark('a', 15, 17), mark('gone', 0, 1)] });
    expect(recoverDraft(kept, there).content.marks).toEqual([mark('a', 15, 17), mark('b', 9, 14)]);
    expect(recoverDraft(null, there).content.marks).toEqual(there.marks);
    // Kept by a version that knew of none.
    expect(recoverDraft(local(text), there).content.marks).toEqual([mark('a', 15, 20), mark('b', 9, 14)]);
  });

  it('moves marks along with a merge', () => {
    const there = { ...server(4, 'The base.'), marks: [mark('a', 4, 8)] };
    const kept = local('base. End.', { baseText: 'base.', marks: [mark('a', 6, 9)] });
    expect(recoverDraft(kept, there).content.marks).toEqual([mark('a', 10, 13)]);
  });
});
