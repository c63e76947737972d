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
 * type and width, scrolled along. Nothing is drawn as long as there are no marks: typing costs nothing then.
 */
export function createTextMarks(field: HTMLTextAreaElement): TextMarks {
  const back = element('div', { class: 'wb-marks', 'aria-hidden': 'true' });
  field.before(back);
  const follow = () => {
    // A scrollbar takes room from the field alone; hidden, it has no width.
    if (field.clientWidth > 0) back.style.width = `${field.clientWidth}px`;
    back.scrollTop = field.scrollTop;
  };
  field.addEventListener('scroll', follow);
  new ResizeObserver(follow).observe(field);

  return {
    draw(text, marks) {
      if (marks.length === 0) return back.replaceChildren();
      back.replaceChildren(...pieces(text, marks));
      follow();
    },
    hide(isHidden) {
      back.hidden = isHidden;
    },
  };
}

function pieces(text: string, marks: readonly ShownMark[]): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (const { start, end, state, isFresh } of marks.toSorted((a, b) => a.start - b.start)) {
    // Where two overlap the second shows from where the first ends.
    const from = Math.max(at, start);
    const to = Math.max(from, end);
    nodes.push(document.createTextNode(text.slice(at, from)));
    const isPoint = start === end;
    nodes.push(
      element(
        'mark',
        { class: isPoint ? 'wb-mark wb-mark-point' : 'wb-mark', 'data-state': state, 'data-fresh': isFresh },
        text.slice(from, to),
      ),
    );
    at = to;
  }
  // A line break at the end of a field has a line of its own, one at the end of a block has none.
  nodes.push(document.createTextNode(`${text.slice(at)}\u200b`));
  return nodes;
}
