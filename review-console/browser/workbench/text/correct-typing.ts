import type { Work } from '../work.ts';
import { type Correction, correctionAt, type Helping, LOOK_BACK } from './corrections.ts';
import { replacePiece } from './edit-field.ts';

/** Types out, mends and capitalizes while somebody types; taken back at once it stays as it was typed. */
export interface TypingCorrector {
  /** The field has changed and the work knows of it. `before` is the text as it was. */
  typed(event: InputEvent, before: string): void;
}

interface Made extends Correction {
  /** Where in the text it begins. */
  at: number;
  /** The text before it: what tells this place from others, wherever it moves. */
  context: string;
  /** Where the caret was left. */
  caret: number;
}

const CONTEXT = 24;
const MOST = 40;

/** `isPiece`: the text goes into the middle of another one, and need not begin a sentence. */
export function createTypingCorrector(
  field: HTMLTextAreaElement,
  work: Work,
  helping: Helping,
  { isPiece, onExpanded }: { isPiece: boolean; onExpanded(expansionId: string): void },
): TypingCorrector {
  const made: Made[] = [];
  const refused: Pick<Made, 'kind' | 'removed' | 'context'>[] = [];
  /** The last thing that happened is this correction. */
  let fresh: Made | null = null;
  let isOurs = false;

  const contextAt = (at: number) => field.value.slice(Math.max(0, at - CONTEXT), at);
  const isRefused = ({ kind, removed }: Correction, context: string) =>
    refused.some((one) => one.kind === kind && one.removed === removed && one.context === context);

  function refuse({ kind, removed, context }: Made): void {
    refused.push({ kind, removed, context });
    if (refused.length > MOST) refused.shift();
  }

  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Backspace' || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { selectionStart: caret, selectionEnd } = field;
    // A capital that is deleted is a letter that was wrong; anything longer is put back as it was typed.
    if (!fresh || fresh.kind === 'capitals' || caret !== fresh.caret || caret !== selectionEnd) return;
    event.preventDefault();
    document.execCommand('undo');
  });

  function correct(event: InputEvent): void {
    const typed = event.inputType === 'insertLineBreak' ? '\n' : event.data;
    if (typed?.length !== 1 || !/^insert(Text|LineBreak)$/.test(event.inputType)) return;
    const { selectionStart: caret } = field;
    const from = Math.max(0, caret - LOOK_BACK);
    const before = field.value.slice(from, caret);
    const correction = correctionAt(before, typed, helping, from === 0 && !isPiece);
    if (!correction) return;
    const at = from + correction.start;
    const context = contextAt(at);
    if (isRefused(correction, context)) return;
    const { removed, inserted } = correction;
    const after = caret + inserted.length - removed.length;
    isOurs = true;
    replacePiece(field, { start: at, removed: removed.length, inserted }, after);
    isOurs = false;
    const done = { ...correction, at, context, caret: after };
    made.push(done);
    if (made.length > MOST) made.shift();
    fresh = done;
    if (correction.expansionId) onExpanded(correction.expansionId);
  }

  /** Undone: what was typed stands there again, behind it the caret, and it stays. */
  function notice(before: string): void {
    const now = field.value;
    const undone = made.findLast(
      ({ at, removed, inserted }) =>
        now.length - before.length === removed.length - inserted.length &&
        before.startsWith(inserted, at) &&
        now.startsWith(removed, at),
    );
    if (!undone) return;
    made.splice(made.indexOf(undone), 1);
    refuse(undone);
    const caret = undone.caret + undone.removed.length - undone.inserted.length;
    field.setSelectionRange(caret, caret);
  }

  /** A capital of ours is deleted: what is typed there instead stays. */
  function noticeDeleted(before: string): void {
    const { selectionEnd: at } = field;
    const capital = made.findLast(
      (one) => one.kind === 'capitals' && one.at === at && before.startsWith(one.inserted, at),
    );
    if (capital && contextAt(at) === capital.context) refuse(capital);
  }

  return {
    typed(event, before) {
      if (isOurs || work.stopped || event.isComposing) return;
      fresh = null;
      if (event.inputType === 'historyUndo') return notice(before);
      if (event.inputType === 'deleteContentBackward') return noticeDeleted(before);
      correct(event);
    },
  };
}
