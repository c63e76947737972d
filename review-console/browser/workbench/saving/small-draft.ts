import {
  applyListSplice,
  type ListSplice,
  listSplice,
} from '../../../../transcription/jobs/draft-history/change.ts';
import { applySplice, findSplice, type Splice } from '../../../../transcription/jobs/text-splice.ts';
import type { Anchor } from '../audio/anchors.ts';
import type { LocalDraft } from './recovery.ts';

/** A draft told by how it differs from a whole one that was kept before it: what a key costs is the key, not the text. */
export interface SmallDraft
  extends Pick<
    LocalDraft,
    'audioPositionMs' | 'marks' | 'leaseToken' | 'revision' | 'unsaved' | 'savedAtMs' | 'seq'
  > {
  /** `seq` of the whole one. */
  of: number;
  text: Splice | null;
  anchors: ListSplice<Anchor> | null;
  base: Splice | null;
  unanswered: readonly (Splice | null)[];
}

/** Beyond this a whole one is kept anew. */
const LARGEST = 4_000;

/** Null: too different, or its review is another one; keep it whole. `expandDraft(whole, small)` is the draft. Pure. */
export function shrinkDraft(whole: LocalDraft, draft: LocalDraft): SmallDraft | null {
  if (draft.review !== whole.review) return null;
  const { audioPositionMs, marks, leaseToken, revision, unsaved, savedAtMs, seq } = draft;
  const splice = (text: string) => findSplice(whole.text, text);
  const small = {
    text: splice(draft.text),
    base: splice(draft.baseText),
    unanswered: draft.unanswered.map(splice),
    anchors: listSplice(whole.anchors, draft.anchors),
  };
  const size = [small.text, small.base, ...small.unanswered].reduce(
    (sum, change) => sum + (change?.inserted.length ?? 0),
    16 * (small.anchors?.[2].length ?? 0),
  );
  if (size > LARGEST) return null;
  return {
    of: whole.seq,
    audioPositionMs,
    leaseToken,
    revision,
    unsaved,
    savedAtMs,
    seq,
    ...small,
    ...(marks && { marks }),
  };
}

export function expandDraft(whole: LocalDraft, small: SmallDraft): LocalDraft {
  const { of: _, text, base, unanswered, anchors, ...same } = small;
  const told = (splice: Splice | null) => (splice ? applySplice(whole.text, splice) : whole.text);
  const { marks: _marks, ...kept } = whole;
  return {
    ...kept,
    ...same,
    text: told(text),
    baseText: told(base),
    unanswered: unanswered.map(told),
    anchors: anchors ? applyListSplice(whole.anchors, anchors) : whole.anchors,
  };
}
