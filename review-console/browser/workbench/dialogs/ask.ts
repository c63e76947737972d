import { element } from '../dom.ts';
import { openDialog } from './open-dialog.ts';

export interface Question {
  name: string;
  label: string;
  kind: 'text' | 'number' | 'date' | 'select';
  value: string;
  options?: readonly (readonly [value: string, label: string])[];
  required?: boolean;
}

let forms = 0;

/**
 * A few fields in a dialog over the work. Resolves to the values by name, 'remove' when the thing is to go, or null
 * when left with Escape.
 */
export function ask(
  title: string,
  questions: readonly Question[],
  canRemove = false,
): Promise<Record<string, string> | 'remove' | null> {
  forms += 1;
  const id = `ask-${forms}`;
  const fields = questions.map((question) => field(`${id}-${question.name}`, question));
  const form = element(
    'form',
    { method: 'dialog', class: 'stack' },
    element('h2', { id }, title),
    ...fields,
    element(
      'div',
      { class: 'form-actions' },
      element('button', { class: 'button button-main', value: 'done' }, 'Take'),
      canRemove && element('button', { class: 'button', value: 'remove', formnovalidate: true }, 'Remove'),
      element('span', { class: 'tiny quiet' }, 'Enter takes · Esc leaves it as it was'),
    ),
  );
  const dialog = element('dialog', { class: 'dialog', 'aria-labelledby': id }, form);
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    // Of itself a select keeps Enter.
    if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    if (form.reportValidity()) shown.finish('done');
  });
  const shown = openDialog(dialog, () => {
    const first = form.querySelector<HTMLInputElement>('.input');
    first?.focus();
    if (first instanceof HTMLInputElement && first.type !== 'date') first.select();
  });
  return shown.result.then((result) => {
    if (result === 'remove') return 'remove';
    if (result !== 'done') return null;
    return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  });
}

function field(id: string, { name, label, kind, value, options = [], required }: Question): HTMLElement {
  const input =
    kind === 'select'
      ? element(
          'select',
          { class: 'input', id, name },
          ...options.map(([key, text]) => element('option', { value: key, selected: key === value }, text)),
        )
      : element('input', {
          class: 'input',
          id,
          name,
          type: kind,
          value,
          required,
          autocomplete: 'off',
          ...(kind === 'number' && { step: 'any' }),
        });
  return element('div', { class: 'field' }, element('label', { for: id }, label), input);
}
