import { element } from '../dom.ts';

/** A passage to be seen in the text. */
export interface ShownMark {
  start: number;
  end: number;
  state: string;
  /** Its answer has just come. */
  isFresh: boolean;
}

/** Shows passages behind the text that is typed. */
export interface TextMarks {
  draw(text: string, marks: readonly ShownMark[]): void;
  hide(isHidden: boolean): void;
}

/**
 * A field can't color parts of its text. So the same text stands behind it, invisible but for the marks, in the same
 * type and width, scrolled along. It has a block for each line, and a key touches the block of its line alone: with
 * 10,000 words in one block each key cost 60 ms of layout, in blocks less than one. Nothing is drawn as long as there
 * are no marks.
 */
export function createTextMarks(field: HTMLTextAreaElement): TextMarks {
  const back = element('div', { class: 'wb-marks', 'aria-hidden': 'true' });
  field.before(back);
  let shown: Line[] = [];
  const follow = () => {
    // A scrollbar takes room from the field alone; hidden, it has no width.
    if (field.clientWidth > 0) back.style.width = `${field.clientWidth}px`;
    back.scrollTop = field.scrollTop;
  };
  field.addEventListener('scroll', follow);
  new ResizeObserver(follow).observe(field);

  return {
    draw(text, marks) {
      const next = marks.length === 0 ? [] : linesOf(text, marks);
      const wasEmpty = shown.length === 0;
      let head = 0;
      const shorter = Math.min(shown.length, next.length);
      while (head < shorter && isSame(shown[head], next[head])) head += 1;
      let tail = 0;
      while (tail < shorter - head && isSame(shown.at(-1 - tail), next.at(-1 - tail))) tail += 1;
      const removed = shown.length - head - tail;
      for (let at = 0; at < removed; at += 1) back.children[head]?.remove();
      const behind = back.children[head] ?? null;
      for (const line of next.slice(head, next.length - tail)) back.insertBefore(blockOf(line), behind);
      shown = next;
      // To look where the field is makes the page lay itself out at once; it tells by itself when it scrolls.
      if (wasEmpty && next.length > 0) follow();
    },
    hide(isHidden) {
      back.hidden = isHidden;
    },
  };
}

/** One line of the text with the parts of marks that are in it; offsets are of the line. */
interface Line {
  text: string;
  marks: readonly ShownMark[];
}

/** A text cut into lines, each with its marks; one that goes on over a line break is in both. Pure. */
function linesOf(text: string, marks: readonly ShownMark[]): Line[] {
  const ordered = marks.toSorted((a, b) => a.start - b.start);
  let from = 0;
  return text.split('\n').map((line) => {
    const begin = from;
    const end = begin + line.length;
    from = end + 1;
    const here = ordered.filter((mark) => mark.start <= end && mark.end >= begin);
    return {
      text: line,
      marks: here.flatMap((mark) => {
        const start = Math.max(0, mark.start - begin);
        const until = Math.min(line.length, mark.end - begin);
        // What only touches the line from the one before or behind has no letter here.
        const isOutside = start === until && mark.start !== mark.end;
        return isOutside ? [] : [{ ...mark, start, end: until }];
      }),
    };
  });
}

function isSame(a: Line | undefined, b: Line | undefined): boolean {
  if (a === undefined || b === undefined || a.text !== b.text || a.marks.length !== b.marks.length)
    return false;
  return a.marks.every((mark, index) => {
    const other = b.marks[index];
    return (
      mark.start === other?.start &&
      mark.end === other.end &&
      mark.state === other.state &&
      mark.isFresh === other.isFresh
    );
  });
}

function blockOf({ text, marks }: Line): HTMLElement {
  const block = element('div', {});
  let at = 0;
  for (const { start, end, state, isFresh } of marks) {
    // Where two overlap the second shows from where the first ends.
    const from = Math.max(at, start);
    const to = Math.max(from, end);
    block.append(text.slice(at, from));
    block.append(
      element(
        'mark',
        {
          class: start === end ? 'wb-mark wb-mark-point' : 'wb-mark',
          'data-state': state,
          'data-fresh': isFresh,
        },
        text.slice(from, to),
      ),
    );
    at = to;
  }
  // An empty block has no height, an empty line has.
  block.append(text.slice(at) || '\u200b');
  return block;
}
