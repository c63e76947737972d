import { audioAt } from '../audio/anchors.ts';
import type { Player } from '../audio/player.ts';
import { typingCommand } from '../keys/key-map.ts';
import type { Typed } from '../text/typing.ts';
import { acceptCurrent, mergeWithNext, moveTo, nextOpen, type Review, splitUnit } from './review.ts';
import {
  editAccount,
  editCodes,
  editMeeting,
  editPeople,
  editSteps,
  editValues,
  type ReviewHelp,
} from './review-edits.ts';
import { createReviewView } from './review-view.ts';
import { askSplit } from './split-dialog.ts';

export interface ReviewStepEvents {
  /** Each change, to be kept in the draft. */
  onChange(review: Review): void;
  onFinish(review: Review): void;
  onBackToText(): void;
  onKeys(): void;
  onMenu(): void;
}

export interface ReviewStepView {
  /** Handles a key pressed while the units are shown. */
  key(event: KeyboardEvent): void;
  readonly review: Review;
}

/** Somebody hears a sentence before typing it: a unit is played from a little before where its typing began. */
const LEAD_MS = 1_500;

/** Where a unit lies in the audio, as far as the typing tells; null when nothing was heard while typing. */
export function pieceOf(
  typed: Pick<Typed, 'anchors'>,
  start: number,
  end: number,
): { start: number; end: number } | null {
  const from = audioAt(typed.anchors, start);
  const to = audioAt(typed.anchors, end);
  if (from === null || to === null) return null;
  return { start: Math.max(0, from - LEAD_MS) / 1000, end: Math.max(to, from + 500) / 1000 };
}

const UNDO_DEPTH = 200;

/** The second step, in place of the text: units by keyboard at reading speed. */
export function startReview(
  frame: HTMLElement,
  first: Review,
  typed: Typed,
  player: Player,
  help: ReviewHelp,
  events: ReviewStepEvents,
): ReviewStepView {
  let review = first;
  const undone: Review[] = [];
  const view = createReviewView(frame, help.vocabulary.codes, {
    onPick: (index) => set(moveTo(review, index)),
  });

  function set(next: Review | null): void {
    if (!next || next === review) return;
    // Only moving about is not worth an undo.
    if (
      next.units !== review.units ||
      next.fields !== review.fields ||
      next.steps !== review.steps ||
      next.heading !== review.heading
    )
      undone.push(review);
    if (undone.length > UNDO_DEPTH) undone.shift();
    review = next;
    view.draw(review);
    events.onChange(review);
  }

  async function split(): Promise<void> {
    const unit = review.units[review.current];
    if (!unit) return;
    const offset = await askSplit(review.text.slice(unit.start, unit.end), review.current + 1);
    if (offset !== null) set(splitUnit(review, review.current, unit.start + offset));
  }

  function play(): void {
    const unit = review.units[review.current];
    const piece = unit ? pieceOf(typed, unit.start, unit.end) : null;
    if (piece) player.playPiece(piece.start, piece.end);
    else player.toggle();
  }

  function finish(evenIfOpen: boolean): void {
    const open = evenIfOpen ? null : nextOpen(review, review.current);
    if (open === null) events.onFinish(review);
    else set(moveTo(review, open));
  }

  const letters: Record<string, () => void | Promise<void>> = {
    j: () => set(moveTo(review, review.current + 1)),
    ArrowDown: () => set(moveTo(review, review.current + 1)),
    k: () => set(moveTo(review, review.current - 1)),
    ArrowUp: () => set(moveTo(review, review.current - 1)),
    Home: () => set(moveTo(review, -1)),
    End: () => set(moveTo(review, review.units.length - 1)),
    Enter: () => set(acceptCurrent(review)),
    ' ': play,
    c: async () => set(await editCodes(review, review.current, help)),
    s: split,
    m: () => set(mergeWithNext(review, review.current)),
    v: async () => set(await editValues(review, review.current, help)),
    n: async () => set(await editSteps(review, review.current)),
    a: async () => set(await editAccount(review, help)),
    p: async () => set(await editPeople(review, help)),
    d: async () => set(await editMeeting(review)),
    t: () => events.onBackToText(),
    u: () => {
      const before = undone.pop();
      if (!before) return;
      review = before;
      view.draw(review);
      events.onChange(review);
    },
    '?': () => events.onKeys(),
  };

  view.draw(review);
  frame.focus({ preventScroll: true });

  return {
    get review() {
      return review;
    },
    key(event) {
      const isCommand = event.ctrlKey || event.metaKey;
      if (isCommand && event.key === 'Enter') {
        event.preventDefault();
        return finish(event.shiftKey);
      }
      const command = typingCommand(event);
      if (command === 'menu') {
        event.preventDefault();
        return events.onMenu();
      }
      if (isCommand || event.altKey) return;
      const run = letters[event.key];
      if (!run) return;
      // A focused button keeps its own Enter and Space.
      if (event.target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ')) return;
      event.preventDefault();
      void run();
    },
  };
}
