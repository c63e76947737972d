import type { Splice } from '../../../../transcription/jobs/text-splice.ts';
import type { Work } from '../work.ts';
import { asOne, type EditMemory, spliceMany } from './many-edits.ts';
import { insertAtSelection } from './names-helper.ts';

/** Replaces one piece as if typed: one step of the browser's undo. The caret ends behind it unless said otherwise. */
export function replacePiece(
  field: HTMLTextAreaElement,
  { start, removed, inserted }: Splice,
  caret?: number,
): void {
  field.setSelectionRange(start, start + removed);
  if (inserted === '' && removed > 0) removeSelection(field);
  else insertAtSelection(field, inserted);
  if (caret !== undefined) field.setSelectionRange(caret, caret);
}

/** Replaces several pieces as one step of the browser's undo; anchors and marks stay with their words. */
export function replaceMany(
  field: HTMLTextAreaElement,
  work: Work,
  memory: EditMemory,
  splices: readonly Splice[],
): void {
  const before = work.typed;
  const one = asOne(before.text, splices);
  if (!one || field.readOnly) return;
  const after = spliceMany(before, splices);
  memory.made(before, after, splices);
  const caret = moveOffset(field.selectionEnd, splices);
  // Known before the field tells of it: it could only say that everything in between is another text.
  work.typed = after;
  replacePiece(field, one, caret);
}

function removeSelection(field: HTMLTextAreaElement): void {
  field.focus();
  if (document.execCommand('delete')) return;
  insertAtSelection(field, '');
}

/** Where a place of the text before is in the text after. */
function moveOffset(offset: number, splices: readonly Splice[]): number {
  let moved = offset;
  for (const { start, removed, inserted } of splices) {
    if (start + removed <= offset) moved += inserted.length - removed;
    else if (start < offset) moved += start + inserted.length - offset;
  }
  return moved;
}
