import type {
  StateCode,
  StateStep,
  StateUnit,
  StateValue,
} from '../../../transcription/reports/review/review-state.ts';
import { element } from '../workbench/dom.ts';
import { labelOf, OWNERS, showDay } from '../workbench/review/show-value.ts';
import {
  countOpen,
  headingValues,
  isNew,
  isOpen,
  type ReviewModel,
  unitSteps,
  unitValues,
} from './review-model.ts';

/** What a press on something asks for; `unit` null is the heading. */
export interface ReviewActs {
  pick(unit: string | null): void;
  play(unit: number): void;
  code(unit: StateUnit, code: StateCode, certainty: 'confirmed' | 'refused'): void;
  codes(unit: StateUnit): void;
  value(value: StateValue, certainty: 'confirmed' | 'refused'): void;
  changeValue(value: StateValue): void;
  addValue(unit: StateUnit | null): void;
  step(step: StateStep, certainty: 'confirmed' | 'refused'): void;
  changeStep(step: StateStep): void;
  addStep(unit: StateUnit): void;
}

export interface ReviewView {
  draw(model: ReviewModel, current: string | null): void;
  /** Brings the current unit into view and the keyboard to it. */
  lead(): void;
}

const hidden = (text: string) => element('span', { class: 'visually-hidden' }, text);

/** The review's column: what is about the whole report first, then numbered units. Redraws what changed. */
export function createReviewView(frame: HTMLElement, canPlay: boolean, acts: ReviewActs): ReviewView {
  const heading = element('section', {
    class: 'rv-unit rv-heading',
    tabindex: '-1',
    'aria-label': 'About the report',
  });
  const list = element('ol', { class: 'rv-units', 'aria-label': 'Units' });
  heading.addEventListener('click', () => acts.pick(null));
  frame.replaceChildren(heading, list);
  const rows = new Map<string, { signature: string; row: HTMLElement }>();
  let labels = new Map<string, string>();
  let kinds = new Map<string, string>();
  let drawnHeading = '';
  let currentRow: HTMLElement = heading;

  /** A press inside a unit that does something does not also pick it first: picking would redraw what is pressed. */
  const press = (run: () => void) => (event: Event) => {
    event.stopPropagation();
    run();
  };

  function settles(
    what: string,
    held: { certainty: string },
    may: boolean,
    settle: (certainty: 'confirmed' | 'refused') => void,
  ): (HTMLElement | false)[] {
    if (!may) return [];
    const { certainty } = held;
    return [
      certainty !== 'confirmed' &&
        element(
          'button',
          {
            class: 'rv-settle',
            type: 'button',
            'data-does': 'confirm',
            onclick: press(() => settle('confirmed')),
          },
          element('span', { 'aria-hidden': 'true' }, '✓'),
          hidden(`${certainty === 'refused' ? 'Right after all' : 'Confirm'}: ${what}`),
        ),
      certainty !== 'refused' &&
        element(
          'button',
          {
            class: 'rv-settle',
            type: 'button',
            'data-does': 'refuse',
            onclick: press(() => settle('refused')),
          },
          element('span', { 'aria-hidden': 'true' }, '×'),
          hidden(`Refuse: ${what}`),
        ),
    ];
  }

  function why(model: ReviewModel, held: StateCode | StateValue | StateStep): string {
    const { certainty, confirmedById, confidence, evidence } = held;
    const who = confirmedById === null ? null : (model.people.get(confirmedById) ?? 'you');
    if (certainty === 'confirmed') return `confirmed by ${who ?? 'a person'}`;
    if (certainty === 'refused') return `refused by ${who ?? 'a person'}`;
    const sure = confidence === null ? 'suggested' : `suggested, ${Math.round(confidence * 100)}% sure`;
    return evidence ? `${sure}: ${evidence}` : sure;
  }

  function codeChip(model: ReviewModel, unit: StateUnit, code: StateCode): HTMLElement {
    const label = labels.get(code.code) ?? code.code;
    return element(
      'span',
      { class: 'rv-item' },
      element(
        'span',
        { class: 'chip', 'data-certainty': code.certainty, title: why(model, code) },
        label,
        state(code),
      ),
      ...settles(label, code, model.rights.codes, (certainty) => acts.code(unit, code, certainty)),
    );
  }

  /** What the edge of a chip says, for those who do not see it. */
  function state({ certainty }: { certainty: string }): HTMLElement {
    return hidden(` (${certainty})`);
  }

  function valueRow(model: ReviewModel, value: StateValue): HTMLElement {
    const label = kinds.get(value.field) ?? value.field.replaceAll('_', ' ');
    const may = model.rights.values && !isNew(value.id);
    const shown = [element('span', { class: 'quiet' }, `${label} `), value.display, state(value)];
    return element(
      'span',
      { class: 'rv-item' },
      may
        ? element(
            'button',
            {
              class: 'chip rv-value',
              type: 'button',
              'data-certainty': value.certainty,
              title: `${why(model, value)}. Press to change.`,
              onclick: press(() => acts.changeValue(value)),
            },
            ...shown,
          )
        : element(
            'span',
            { class: 'chip rv-value', 'data-certainty': value.certainty, title: why(model, value) },
            ...shown,
          ),
      ...settles(`${label} ${value.display}`, value, may, (certainty) => acts.value(value, certainty)),
    );
  }

  function stepRow(model: ReviewModel, step: StateStep): HTMLElement {
    const may = model.rights.values && !isNew(step.id);
    const text = `${labelOf(OWNERS, step.owner)}${step.due ? ` by ${showDay(step.due)}` : ''}: ${step.text}`;
    return element(
      'p',
      { class: 'rv-item rv-step' },
      element('span', { class: 'rv-arrow', 'aria-hidden': 'true' }, '→'),
      may
        ? element(
            'button',
            {
              class: 'rv-words',
              type: 'button',
              'data-certainty': step.certainty,
              title: `${why(model, step)}. Press to change.`,
              onclick: press(() => acts.changeStep(step)),
            },
            hidden('Next step. '),
            text,
            state(step),
          )
        : element(
            'span',
            { class: 'rv-words', 'data-certainty': step.certainty, title: why(model, step) },
            text,
          ),
      ...settles(`next step ${step.text}`, step, may, (certainty) => acts.step(step, certainty)),
    );
  }

  function adder(label: string, key: string, run: () => void): HTMLElement {
    return element(
      'button',
      { class: 'rv-add', type: 'button', onclick: press(run) },
      `+ ${label}`,
      element('kbd', { 'aria-hidden': 'true' }, key),
    );
  }

  function unitRow(model: ReviewModel, unit: StateUnit, isCurrent: boolean): HTMLElement {
    const steps = unitSteps(model, unit.id);
    return element(
      'li',
      {
        class: `rv-unit${model.paragraphs.has(unit.number) ? ' rv-para' : ''}`,
        id: `unit-${unit.number}`,
        tabindex: '-1',
        'data-unit': unit.number,
        'data-open': isOpen(model, unit.id),
        'aria-current': isCurrent ? 'true' : null,
        onclick: () => acts.pick(unit.id),
      },
      canPlay
        ? element(
            'button',
            {
              class: 'rv-number',
              type: 'button',
              'aria-label': `Play unit ${unit.number}`,
              onclick: press(() => acts.play(unit.number)),
            },
            String(unit.number),
          )
        : element('span', { class: 'rv-number' }, String(unit.number)),
      element(
        'div',
        { class: 'rv-body' },
        element('p', { class: 'rv-text', 'data-words': unit.number, 'data-start': unit.start }, unit.text),
        element(
          'div',
          { class: 'rv-items' },
          ...unit.codes.map((code) => codeChip(model, unit, code)),
          ...unitValues(model, unit.id).map((value) => valueRow(model, value)),
        ),
        ...steps.map((step) => stepRow(model, step)),
        isCurrent &&
          element(
            'div',
            { class: 'rv-adds' },
            model.rights.codes && adder('code', 'c', () => acts.codes(unit)),
            model.rights.values && adder('value', 'v', () => acts.addValue(unit)),
            model.rights.values && adder('next step', 'n', () => acts.addStep(unit)),
          ),
      ),
    );
  }

  return {
    draw(model, current) {
      labels = new Map(model.codes.map(({ key, label }) => [key, label]));
      kinds = new Map(model.fields.map(({ key, label }) => [key, label]));
      const about = headingValues(model);
      const signature = JSON.stringify([about, current === null, model.rights]);
      if (signature !== drawnHeading) {
        drawnHeading = signature;
        heading.replaceChildren(
          element(
            'div',
            {},
            element('h2', { class: 'label' }, 'About the report'),
            element('div', { class: 'rv-items' }, ...about.map((value) => valueRow(model, value))),
            about.length === 0 &&
              element('p', { class: 'small quiet' }, 'Nothing is known about the whole report.'),
            current === null &&
              model.rights.values &&
              element(
                'div',
                { class: 'rv-adds' },
                adder('value', 'v', () => acts.addValue(null)),
              ),
          ),
        );
      }
      if (current === null) heading.setAttribute('aria-current', 'true');
      else heading.removeAttribute('aria-current');
      heading.toggleAttribute('data-open', isOpen(model, null));

      for (const unit of model.state.units) {
        const isCurrent = unit.id === current;
        const looks = JSON.stringify([
          unit,
          unitValues(model, unit.id),
          unitSteps(model, unit.id),
          isCurrent,
          model.rights,
        ]);
        const old = rows.get(unit.id);
        if (old?.signature === looks) continue;
        const row = unitRow(model, unit, isCurrent);
        // The keyboard stays where it was, also when what it stood on is drawn anew.
        const had = old?.row.contains(document.activeElement) ?? false;
        if (old) old.row.replaceWith(row);
        else list.append(row);
        rows.set(unit.id, { signature: looks, row });
        if (had) row.focus({ preventScroll: true });
      }
      for (const [id, { row }] of rows)
        if (!model.state.units.some((unit) => unit.id === id)) {
          row.remove();
          rows.delete(id);
        }
      // As they are said, also after another text came.
      for (const unit of model.state.units) {
        const row = rows.get(unit.id)?.row;
        const at = list.children[model.state.units.indexOf(unit)];
        if (row && at !== row) list.insertBefore(row, at ?? null);
      }
      currentRow = current === null ? heading : (rows.get(current)?.row ?? heading);
    },
    lead() {
      currentRow.focus({ preventScroll: true });
      currentRow.scrollIntoView({ block: 'nearest' });
    },
  };
}

export function tellOpen(model: ReviewModel): string {
  const open = countOpen(model);
  if (open === 0) return 'Everything is settled.';
  return open === 1 ? 'One suggestion is open.' : `${open} suggestions are open.`;
}
