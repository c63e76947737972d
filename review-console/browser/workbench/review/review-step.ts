import type { Player } from '../audio/player.ts';
import type { CommandHandlers } from '../keys/commands.ts';
import type { CommandId } from '../keys/key-map.ts';
import { addNewCompetitor, addNewContact } from './new-names.ts';
import {
  acceptCurrent,
  acceptParagraph,
  countOpen,
  mergeWithNext,
  moveTo,
  nextOpen,
  type Review,
  splitUnit,
} from './review.ts';
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
import type { PieceOf } from './unit-audio.ts';

export interface ReviewStepEvents {
  /** Each change, to be kept in the draft. */
  onChange(review: Review): void;
  onFinish(review: Review): void;
  onBackToText(): void;
  /** What a command's key is called, as this person has it. */
  keyOf(command: CommandId): string;
}

export interface ReviewStepView {
  /** While the units are shown. */
  readonly commands: CommandHandlers;
  /** On to what is open, unless it shall stay so or nothing is; else done. */
  finish(evenIfOpen: boolean): void;
  readonly review: Review;
  /** Leads to a place that something is wrong with: a unit, or the heading (-1). */
  lead(index: number): void;
}

const UNDO_DEPTH = 200;

/** The second step, in place of the text: units by keyboard at reading speed. */
export function startReview(
  frame: HTMLElement,
  first: Review,
  pieceOf: PieceOf,
  player: Player,
  help: ReviewHelp,
  events: ReviewStepEvents,
): ReviewStepView {
  let review = first;
  const undone: Review[] = [];
  const view = createReviewView(frame, help.vocabulary.codes, {
    onPick: (index) => set(moveTo(review, index)),
    keyOf: events.keyOf,
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
    const piece = unit ? pieceOf(unit.start, unit.end) : null;
    if (piece) player.playPiece(piece.start, piece.end);
    else player.toggle();
  }

  function finish(evenIfOpen: boolean): void {
    const open = evenIfOpen ? null : nextOpen(review, review.current);
    if (open === null) events.onFinish(review);
    else set(moveTo(review, open));
  }

  /** Enter accepts, and when nothing is left to accept it finishes; held down it does so once. */
  function accept(event: KeyboardEvent): void {
    if (event.repeat) return;
    if (countOpen(review) === 0) events.onFinish(review);
    else set(acceptCurrent(review));
  }

  function undo(): void {
    const before = undone.pop();
    if (!before) return;
    review = before;
    view.draw(review);
    events.onChange(review);
  }

  /** A focused button keeps its own Enter and Space. */
  const unlessButton = (run: (event: KeyboardEvent) => void) => (event: KeyboardEvent) =>
    event.target instanceof HTMLButtonElement && !event.ctrlKey ? false : run(event);

  const commands: CommandHandlers = {
    'unit-next': () => set(moveTo(review, review.current + 1)),
    'unit-previous': () => set(moveTo(review, review.current - 1)),
    'unit-first': () => set(moveTo(review, -1)),
    'unit-last': () => set(moveTo(review, review.units.length - 1)),
    'unit-accept': unlessButton(accept),
    'unit-accept-paragraph': (event) => {
      if (!event.repeat) set(acceptParagraph(review));
    },
    'unit-play': unlessButton(play),
    'unit-code': async () => set(await editCodes(review, review.current, help)),
    'unit-split': split,
    'unit-merge': () => set(mergeWithNext(review, review.current)),
    'unit-values': async () => set(await editValues(review, review.current, help)),
    'unit-step': async () => set(await editSteps(review, review.current)),
    'unit-account': async () => set(await editAccount(review, help)),
    'unit-people': async () => set(await editPeople(review, help)),
    'unit-meeting': async () => set(await editMeeting(review)),
    'unit-new-contact': async () => set(await addNewContact(review, review.current, help)),
    'unit-new-competitor': async () => set(await addNewCompetitor(review, review.current, help)),
    'unit-undo': undo,
    'back-to-text': () => events.onBackToText(),
    finish: () => finish(false),
    'finish-open': () => finish(true),
  };

  view.draw(review);
  // It scrolls, so that the keyboard must reach it.
  frame.tabIndex = 0;
  frame.focus({ preventScroll: true });

  return {
    get review() {
      return review;
    },
    commands,
    finish,
    lead: (index) => set(moveTo(review, index)),
  };
}
