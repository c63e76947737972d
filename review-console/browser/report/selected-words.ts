import type { Selected } from './review-dialogs.ts';

/** Which words of one unit are selected. `onChange` hears of each change; null when none, or of several units. */
export function createSelection(
  frame: HTMLElement,
  onChange: (words: Selected | null) => void,
): { words(): Selected | null } {
  function read(): Selected | null {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    const from = wordsOf(range.startContainer);
    if (!from || from !== wordsOf(range.endContainer) || !frame.contains(from)) return null;
    const before = document.createRange();
    before.selectNodeContents(from);
    before.setEnd(range.startContainer, range.startOffset);
    const raw = range.toString();
    const text = raw.trim();
    if (text === '') return null;
    const lead = raw.length - raw.trimStart().length;
    const start = Number(from.dataset.start) + before.toString().length + lead;
    return { unit: Number(from.dataset.words), text, span: { start, end: start + text.length } };
  }
  document.addEventListener('selectionchange', () => onChange(read()));
  return { words: read };
}

function wordsOf(node: Node): HTMLElement | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest<HTMLElement>('[data-words]') ?? null;
}
