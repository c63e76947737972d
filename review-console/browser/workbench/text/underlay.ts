import { element } from '../dom.ts';

/** A piece of the text to be shown in a certain way; offsets are of the whole text. */
export interface ShownPiece {
  start: number;
  end: number;
}

/**
 * The text once more behind the field, unseen, a block for each of its lines, so that lines can be drawn under words:
 * a field can't do that itself. What is shown are highlights of the browser on that text, which move by themselves with
 * what is typed before them; a keystroke touches one line.
 */
export interface Underlay {
  /** The text is this now. Cheap when one line differs; a very long line waits for `settle`. */
  follow(text: string): void;
  /** Everything as it is, however long. */
  settle(text: string): void;
  /** Shows these pieces, and no others, in the style of `::highlight(name)`. */
  show(name: string, pieces: readonly ShownPiece[]): void;
  /** Scrolls the field so that this place is seen. */
  reveal(offset: number): void;
  hide(isHidden: boolean): void;
}

/** Longer lines are laid out again only when the typing rests. */
const LONG_LINE = 2_500;

export function createUnderlay(field: HTMLTextAreaElement): Underlay {
  const back = element('div', { class: 'wb-under', 'aria-hidden': 'true' });
  field.before(back);
  let lines: string[] = [];
  let isOn = false;
  const names = new Set<string>();

  const scroll = () => {
    if (field.clientWidth > 0) back.style.width = `${field.clientWidth}px`;
    back.scrollTop = field.scrollTop;
  };
  field.addEventListener('scroll', scroll);
  new ResizeObserver(scroll).observe(field);

  function write(next: readonly string[]): void {
    let head = 0;
    const shorter = Math.min(lines.length, next.length);
    while (head < shorter && lines[head] === next[head]) head += 1;
    let tail = 0;
    while (tail < shorter - head && lines.at(-1 - tail) === next[next.length - 1 - tail]) tail += 1;
    const removed = lines.length - head - tail;
    const added = next.length - head - tail;
    const kept = Math.min(removed, added);
    for (let at = head; at < head + kept; at += 1) setLine(at, lines[at] ?? '', next[at] ?? '');
    for (let at = 0; at < removed - kept; at += 1) back.children[head + kept]?.remove();
    const before = back.children[head + kept] ?? null;
    for (let at = head + kept; at < head + added; at += 1) {
      const block = element('div', {});
      block.append(document.createTextNode(next[at] ?? ''));
      back.insertBefore(block, before);
    }
    lines = [...next];
  }

  /** Only what differs, so that the highlights before and behind it stay on their words. */
  function setLine(at: number, was: string, is: string): void {
    const node = textOf(at);
    if (!node) return;
    let head = 0;
    const shorter = Math.min(was.length, is.length);
    while (head < shorter && was[head] === is[head]) head += 1;
    let tail = 0;
    while (tail < shorter - head && was.at(-1 - tail) === is.at(-1 - tail)) tail += 1;
    node.replaceData(head, was.length - head - tail, is.slice(head, is.length - tail));
  }

  function textOf(at: number): Text | null {
    const node = back.children[at]?.firstChild;
    return node instanceof Text ? node : null;
  }

  /** The line of an offset and where it begins. */
  function rangeOf({ start, end }: ShownPiece): Range | null {
    let from = 0;
    for (let at = 0; at < lines.length; at += 1) {
      const length = lines[at]?.length ?? 0;
      if (start <= from + length) {
        const node = textOf(at);
        if (!node) return null;
        const range = document.createRange();
        range.setStart(node, Math.min(start - from, node.length));
        range.setEnd(node, Math.min(end - from, node.length));
        return range;
      }
      from += length + 1;
    }
    return null;
  }

  function clear(): void {
    back.replaceChildren();
    lines = [];
    isOn = false;
  }

  function settle(text: string): void {
    if (!isOn) return;
    write(text.split('\n'));
    back.style.visibility = '';
    scroll();
  }

  const used = new Set<string>();

  return {
    follow(text) {
      if (!isOn) return;
      const next = text.split('\n');
      const isLong = next.some((line, at) => line.length > LONG_LINE && line !== lines[at]);
      // What lags behind would stand under other words.
      if (isLong) back.style.visibility = 'hidden';
      else write(next);
    },
    settle,
    show(name, pieces) {
      if (!('highlights' in CSS)) return;
      names.add(name);
      if (pieces.length === 0) {
        used.delete(name);
        CSS.highlights.delete(name);
        if (used.size === 0) clear();
        return;
      }
      used.add(name);
      if (!isOn) {
        isOn = true;
        settle(field.value);
      }
      const ranges = pieces.map(rangeOf).filter((range) => range !== null);
      CSS.highlights.set(name, new Highlight(...ranges));
    },
    reveal(offset) {
      const wasOn = isOn;
      isOn = true;
      settle(field.value);
      const box = rangeOf({ start: offset, end: offset })?.getBoundingClientRect();
      if (box) {
        const frame = field.getBoundingClientRect();
        if (box.top < frame.top + 40 || box.bottom > frame.bottom - 80)
          field.scrollTop += box.top - frame.top - frame.height / 3;
        scroll();
      }
      if (!wasOn && used.size === 0) clear();
    },
    hide(isHidden) {
      back.hidden = isHidden;
    },
  };
}
