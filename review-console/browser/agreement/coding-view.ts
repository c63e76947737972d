import { element, setText } from '../workbench/dom.ts';
import { type Coding, currentIndex, moveTo, openUnits, type Unit, unitsOf } from './coding.ts';

export interface CodingView {
  draw(coding: Coding): void;
}

/** Units in a column; in the current one, large, a cursor stands between the words. */
export function createCodingView(
  frame: HTMLElement,
  status: HTMLElement,
  spoken: HTMLElement,
  labelOf: (code: string) => string,
  onPick: (next: Coding) => void,
): CodingView {
  const list = element('ol', { class: 'units', 'aria-label': 'Units of the text' });
  frame.replaceChildren(list);
  let drawn: { signature: string; row: HTMLElement }[] = [];

  function textOf(coding: Coding, unit: Unit, isCurrent: boolean): HTMLElement {
    const from = coding.words[unit.from]?.start ?? 0;
    const to = coding.words[unit.to - 1]?.end ?? 0;
    if (!isCurrent) return element('p', { class: 'unit-text' }, coding.text.slice(from, to));
    const at = coding.cursor >= unit.to ? to : (coding.words[coding.cursor]?.start ?? to);
    return element(
      'p',
      { class: 'unit-text coding-text' },
      coding.text.slice(from, at),
      element('span', { class: 'coding-cursor', 'data-cursor': true, 'aria-hidden': 'true' }),
      coding.text.slice(at, to),
    );
  }

  function row(coding: Coding, unit: Unit, index: number, isCurrent: boolean): HTMLElement {
    return element(
      'li',
      {
        class: 'unit',
        'data-unit': index,
        'aria-current': isCurrent ? 'true' : null,
        onclick: () => onPick(moveTo(coding, index)),
      },
      element('span', { class: 'unit-number' }, String(index + 1)),
      element(
        'div',
        { class: 'unit-body' },
        textOf(coding, unit, isCurrent),
        element(
          'div',
          { class: 'chips' },
          ...unit.codes.map((code) => element('span', { class: 'chip' }, labelOf(code))),
          unit.codes.length === 0 && element('span', { class: 'tiny quiet' }, 'no code yet'),
        ),
      ),
    );
  }

  return {
    draw(coding) {
      const units = unitsOf(coding);
      const current = currentIndex(coding);
      const open = openUnits(coding).length;
      setText(
        status,
        open === 0
          ? `${units.length} units, all coded. Ctrl+Enter finishes.`
          : `${units.length} ${units.length === 1 ? 'unit' : 'units'}, ${open} without a code`,
      );
      status.toggleAttribute('data-done', open === 0);
      drawn = units.map((unit, index) => {
        const isCurrent = index === current;
        const signature = JSON.stringify([unit, isCurrent && coding.cursor, index]);
        const old = drawn[index];
        if (old?.signature === signature) return old;
        const made = { signature, row: row(coding, unit, index, isCurrent) };
        if (old) old.row.replaceWith(made.row);
        else list.append(made.row);
        return made;
      });
      while (list.children.length > units.length) list.lastElementChild?.remove();
      list.querySelector('[data-cursor]')?.scrollIntoView({ block: 'nearest' });
      const word = coding.words[coding.cursor];
      setText(
        spoken,
        word ? `Before ${coding.text.slice(word.start, word.end)}, unit ${current + 1}` : 'At the end',
      );
    },
  };
}
