import type { Change } from '../../../../../transcription/house-style/change.ts';
import { HOUSE_RULES } from '../../../../../transcription/house-style/house-style.ts';
import { openDialog } from '../../dialogs/open-dialog.ts';
import { element, setText } from '../../dom.ts';

const AROUND = 28;

/** All changes in a list, to be ticked: all of them to begin with. Resolves to the chosen ones; null: none of it. */
export async function askChanges<C extends Change>(text: string, changes: readonly C[]): Promise<C[] | null> {
  const boxes = changes.map(() => element('input', { type: 'checkbox', checked: true }));
  const take = element('button', { class: 'button button-main', value: 'done' });
  const tell = () => {
    const chosen = boxes.filter(({ checked }) => checked).length;
    setText(take, chosen === 1 ? 'Change 1 place' : `Change ${chosen} places`);
    take.disabled = chosen === 0;
  };
  tell();
  const all = element('input', {
    type: 'checkbox',
    checked: true,
    onchange: () => {
      for (const box of boxes) box.checked = all.checked;
      tell();
    },
  });
  const rows = changes.map((change, index) => {
    const { start, end, before, after, rule } = change;
    return element(
      'li',
      { class: 'change' },
      element(
        'label',
        { class: 'change-line' },
        boxes[index] ?? null,
        element(
          'span',
          { class: 'change-words' },
          element(
            'span',
            { class: 'quiet' },
            `…${text.slice(Math.max(0, start - AROUND), start)}`.replace(/\s+/g, ' '),
          ),
          element('del', {}, shown(before)),
          ' ',
          element('ins', {}, shown(after)),
          element('span', { class: 'quiet' }, text.slice(end, end + AROUND).replace(/\s+/g, ' ')),
        ),
        element(
          'span',
          { class: 'tiny quiet change-rule' },
          HOUSE_RULES.find(({ key }) => key === rule)?.title ?? '',
        ),
      ),
    );
  });
  const form = element(
    'form',
    { method: 'dialog', class: 'stack', onchange: tell },
    element('h2', { id: 'changes-title' }, 'House style in the whole text'),
    element(
      'p',
      { class: 'small quiet' },
      'What was said stays; only how it is written changes. Untick what is meant as it stands.',
    ),
    element('label', { class: 'find-check small' }, all, 'All'),
    element('ul', { class: 'changes' }, ...rows),
    element(
      'div',
      { class: 'form-actions' },
      take,
      element('span', { class: 'tiny quiet' }, 'Space ticks · Enter changes · Esc leaves it as it was'),
    ),
  );
  const dialog = element(
    'dialog',
    { class: 'dialog changes-dialog', 'aria-labelledby': 'changes-title' },
    form,
  );
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key !== 'Enter' || take.disabled) return;
    event.preventDefault();
    shownDialog.finish('done');
  });
  const shownDialog = openDialog(dialog, () => boxes[0]?.focus());
  if ((await shownDialog.result) !== 'done') return null;
  return changes.filter((_, index) => boxes[index]?.checked);
}

/** Blanks are seen, and that something goes. */
function shown(text: string): string {
  if (text === '') return '(nothing)';
  return /^\s+$/.test(text) ? '␣'.repeat(text.length) : text.replace(/\n/g, '↵');
}
