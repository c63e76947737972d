import { element, setText } from '../dom.ts';
import type { CommandId } from '../keys/key-map.ts';
import type { CodeEntry } from '../wire.ts';
import { countOpen, fieldsOf, type Review, type ReviewField, type ReviewStep, stepsOf } from './review.ts';
import { fieldLabel, labelOf, MEETING_TYPES, OWNERS, showDay } from './show-value.ts';

export interface ReviewViewEvents {
  /** A click on the heading (-1) or a unit. */
  onPick(index: number): void;
  /** What a command's key is called. */
  keyOf(command: CommandId): string;
}

export interface ReviewView {
  draw(review: Review): void;
}

/** The second step's column: heading first, then numbered units; the current one large. */
export function createReviewView(
  frame: HTMLElement,
  codes: readonly CodeEntry[],
  { onPick, keyOf }: ReviewViewEvents,
): ReviewView {
  const labels = new Map(codes.map((code) => [code.key, code]));
  const list = element('ol', { class: 'units', 'aria-label': 'Thought units' });
  const heading = element('section', { class: 'unit unit-heading', 'aria-label': 'About the report' });
  const status = element('p', { class: 'review-open', role: 'status' });
  heading.addEventListener('click', () => onPick(-1));
  frame.replaceChildren(status, heading, list);
  // Rows that look the same as before are left alone, so that a long report answers each key at once.
  let drawn: { signature: string; row: HTMLElement }[] = [];
  let current: HTMLElement | null = null;

  function chip(label: string, certainty: string, title: string | null): HTMLElement {
    return element('span', { class: 'chip', 'data-certainty': certainty, title }, label);
  }

  function row(review: Review, index: number): HTMLElement {
    const unit = review.units[index];
    if (!unit) return element('li');
    return element(
      'li',
      {
        class: `unit${unit.para ? ' unit-para' : ''}`,
        'data-unit': index,
        'data-settled': unit.settled,
        'aria-current': index === review.current ? 'true' : null,
        onclick: () => onPick(index),
      },
      element('span', { class: 'unit-number' }, String(index + 1)),
      element(
        'div',
        { class: 'unit-body' },
        element('p', { class: 'unit-text' }, review.text.slice(unit.start, unit.end)),
        element(
          'div',
          { class: 'chips' },
          ...unit.codes.map((code) =>
            chip(labels.get(code.code)?.label ?? code.code, code.certainty, code.evidence),
          ),
          ...fieldsOf(review, index).map(valueChip),
        ),
        ...stepsOf(review, index).map(stepLine),
      ),
      element('span', { class: 'unit-state' }, unit.settled ? '✓' : '', unit.settled && hidden('accepted')),
    );
  }

  function hidden(text: string): HTMLElement {
    return element('span', { class: 'visually-hidden' }, text);
  }

  function valueChip(field: ReviewField): HTMLElement {
    const label = fieldLabel(field.field);
    return element(
      'span',
      { class: 'chip chip-value', 'data-certainty': field.certainty, title: field.evidence },
      element('span', { class: 'quiet' }, `${label} `),
      field.display,
    );
  }

  function stepLine(step: ReviewStep): HTMLElement {
    return element(
      'p',
      { class: 'unit-step', 'data-certainty': step.certainty },
      `→ ${labelOf(OWNERS, step.owner)}${step.due ? ` by ${showDay(step.due)}` : ''}: ${step.text}`,
    );
  }

  function fact(label: string, value: string | null, command: CommandId): HTMLElement {
    return element(
      'div',
      {},
      element('dt', {}, label, ' ', element('kbd', {}, keyOf(command))),
      element('dd', value ? {} : { class: 'quiet' }, value ?? 'not said'),
    );
  }

  function drawHeading(review: Review): void {
    const { heading: about } = review;
    heading.toggleAttribute('data-settled', about.settled);
    if (review.current === -1) heading.setAttribute('aria-current', 'true');
    else heading.removeAttribute('aria-current');
    const whole = review.fields.filter((field) => !field.span);
    heading.replaceChildren(
      element(
        'dl',
        { class: 'facts facts-row' },
        fact('Account', about.accountName, 'unit-account'),
        fact('People', about.people.map(personName).join(', ') || null, 'unit-people'),
        fact(
          'Meeting',
          [
            about.meetingDate && showDay(about.meetingDate),
            about.meetingType && labelOf(MEETING_TYPES, about.meetingType),
          ]
            .filter(Boolean)
            .join(' · ') || null,
          'unit-meeting',
        ),
      ),
      element('div', { class: 'chips' }, ...whole.map(valueChip)),
      about.accountEvidence
        ? element('p', { class: 'tiny quiet' }, `Account suggested: ${about.accountEvidence}`)
        : element('span'),
      element('span', { class: 'unit-state' }, about.settled ? '✓' : '', about.settled && hidden('accepted')),
    );
  }

  return {
    draw(review) {
      const open = countOpen(review);
      setText(
        status,
        open === 0
          ? `Everything is settled. ${keyOf('unit-accept')} finishes.`
          : `${open} open · ${keyOf('unit-accept')} accepts · ${keyOf('unit-accept-paragraph')} the paragraph`,
      );
      status.toggleAttribute('data-done', open === 0);
      drawHeading(review);
      drawn = review.units.map((unit, index) => {
        const signature = JSON.stringify([
          unit,
          fieldsOf(review, index),
          stepsOf(review, index),
          index === review.current,
        ]);
        const old = drawn[index];
        if (old?.signature === signature) return old;
        const made = { signature, row: row(review, index) };
        if (old) old.row.replaceWith(made.row);
        else list.append(made.row);
        return made;
      });
      while (list.children.length > review.units.length) list.lastElementChild?.remove();
      const next = review.current < 0 ? heading : (drawn[review.current]?.row ?? null);
      if (next !== current) next?.scrollIntoView({ block: 'center' });
      current = next;
    },
  };
}

function personName(person: { display: string; contactId: string | null }): string {
  return person.contactId ? person.display : `${person.display} (new)`;
}
