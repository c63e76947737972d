import { audioAt } from '../audio/anchors.ts';
import type { Player } from '../audio/player.ts';
import type { CommandHandlers } from '../keys/commands.ts';
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
}

export interface ReviewStepView {
  /** While the units are shown. */
  readonly commands: CommandHandlers;
  /** On to what is open, unless it shall stay so or nothing is; else done. */
  finish(evenIfOpen: boolean): void;
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

  function undo(): void {
    const before = undone.pop();
    if (!before) return;
    review = before;
    view.draw(review);
    events.onChange(review);
  }

  /** A focused button keeps its own Enter and Space. */
  const unlessButton = (run: () => void) => (event: KeyboardEvent) =>
    event.target instanceof HTMLButtonElement && !event.ctrlKey ? false : run();

  const commands: CommandHandlers = {
    'unit-next': () => set(moveTo(review, review.current + 1)),
    'unit-previous': () => set(moveTo(review, review.current - 1)),
    'unit-first': () => set(moveTo(review, -1)),
    'unit-last': () => set(moveTo(review, review.units.length - 1)),
    'unit-accept': unlessButton(() => set(acceptCurrent(review))),
    'unit-play': unlessButton(play),
    'unit-code': async () => set(await editCodes(review, review.current, help)),
    'unit-split': split,
    'unit-merge': () => set(mergeWithNext(review, review.current)),
    'unit-values': async () => set(await editValues(review, review.current, help)),
    'unit-step': async () => set(await editSteps(review, review.current)),
    'unit-account': async () => set(await editAccount(review, help)),
    'unit-people': async () => set(await editPeople(review, help)),
    'unit-meeting': async () => set(await editMeeting(review)),
    'unit-undo': undo,
    'back-to-text': () => events.onBackToText(),
    finish: () => finish(false),
    'finish-open': () => finish(true),
  };

  view.draw(review);
  frame.focus({ preventScroll: true });

  return {
    get review() {
      return review;
    },
    commands,
    finish,
  };
}
