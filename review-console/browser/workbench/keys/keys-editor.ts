import { openDialog } from '../dialogs/open-dialog.ts';
import { element, setText } from '../dom.ts';
import { type Change, differences, giveKey, isOwn, PRESET_IDS, removeKey, resetKeys } from './change-keys.ts';
import { COMMANDS, type CommandId, GROUPS, PRESETS, type PresetId } from './key-map.ts';
import type { KeyChoice, Keys } from './keys.ts';
import { commandsOf, keyCaps } from './keys-sheet.ts';
import { nameOfKey, showKey } from './name-of-key.ts';
import type { Preferences } from './preferences.ts';

/** Which command waits for its new key, and what it was told about the last one pressed. */
interface Waiting {
  id: CommandId;
  add: boolean;
  told: string;
  /** Pressed, and another command's: may be taken from it. */
  conflict: { key: string; with: readonly CommandId[] } | null;
}

/**
 * Where one presses new keys: preset, every command with its keys, change and reset. Each change takes effect, and
 * is kept, at once.
 *
 *   listed ── Change, Add ──▶ waiting ── free key ──▶ listed
 *                              │  ▲ kept key: told why
 *                              ├──┘
 *                              ├── another's key ──▶ conflict ── Take it, Leave it ──▶ listed
 *                              └── Tab, Leave it ──▶ listed
 */
export async function editKeys(keys: Keys, preferences: Preferences): Promise<void> {
  let waiting: Waiting | null = null;
  let preview: PresetId | null = null;
  const presetPart = element('section', { class: 'stack' });
  const list = element('div', { class: 'stack' });
  const status = element('p', { class: 'visually-hidden', role: 'status' });

  const use = (choice: KeyChoice) =>
    preferences.change('keys', { preset: choice.preset, own: { ...choice.own } as Record<string, string[]> });

  function drawPresets(): void {
    const shown = preview ?? keys.choice.preset;
    const select = element(
      'select',
      {
        class: 'input',
        id: 'keys-preset',
        onchange: () => {
          preview = PRESET_IDS.find((id) => id === select.value) ?? null;
          drawPresets();
          presetPart.querySelector('select')?.focus();
        },
      },
      ...PRESET_IDS.map((id) => element('option', { value: id, selected: id === shown }, PRESETS[id].label)),
    );
    const changes = differences(keys.choice, { ...keys.choice, preset: shown });
    presetPart.replaceChildren(
      element(
        'div',
        { class: 'field' },
        element('label', { for: 'keys-preset' }, 'Keys as in'),
        select,
        element('p', { class: 'field-hint' }, PRESETS[shown].note),
      ),
      ...(shown === keys.choice.preset
        ? []
        : [
            element('h3', {}, `What changes (${changes.length})`),
            element(
              'dl',
              { class: 'keys keys-preview' },
              ...changes.map(({ id, before, after }) =>
                element(
                  'div',
                  { class: 'keys-line' },
                  element('dt', {}, ...caps(before), ' → ', ...caps(after)),
                  element('dd', {}, COMMANDS[id].does),
                ),
              ),
            ),
            element(
              'div',
              { class: 'form-actions' },
              small('Use these keys', () => {
                preview = null;
                use({ ...keys.choice, preset: shown });
                setText(status, `${PRESETS[shown].label}: in use`);
                draw();
                presetPart.querySelector('select')?.focus();
              }),
              Object.keys(keys.choice.own).length > 0 &&
                element('span', { class: 'tiny quiet' }, 'Keys that you changed yourself stay as they are.'),
            ),
          ]),
    );
  }

  function drawList(): void {
    list.replaceChildren(
      ...GROUPS.map((group) =>
        element(
          'section',
          { class: 'keys-group' },
          element('h3', {}, group),
          element('ul', { class: 'keys-edit' }, ...commandsOf(group).map(row)),
        ),
      ),
    );
  }

  function row(id: CommandId): HTMLElement {
    const { does } = COMMANDS[id];
    const isWaiting = waiting?.id === id;
    return element(
      'li',
      { class: 'keys-row', 'data-command': id, 'data-waiting': isWaiting },
      element('span', { class: 'keys-does' }, does),
      element(
        'span',
        { class: 'keys-now' },
        ...(keys.keysOf(id).length === 0 ? [element('span', { class: 'quiet' }, 'no key')] : []),
        ...keys.keysOf(id).map((key) =>
          element(
            'span',
            { class: 'key-cap' },
            element('kbd', {}, showKey(key)),
            element(
              'button',
              {
                class: 'key-remove',
                type: 'button',
                'aria-label': `Take ${showKey(key)} away: ${does}`,
                onclick: () => settle(id, removeKey(keys.choice, id, key)),
              },
              '×',
            ),
          ),
        ),
      ),
      element(
        'span',
        { class: 'keys-acts' },
        small('Change', () => wait(id, false), `Change the key: ${does}`),
        small('Add', () => wait(id, true), `Add a key: ${does}`),
        isOwn(keys.choice, id) &&
          small('Reset', () => settle(id, resetKeys(keys.choice, id)), `Reset the keys: ${does}`),
      ),
      isWaiting && waitingPart(id),
    );
  }

  function waitingPart(id: CommandId): HTMLElement {
    const conflict = waiting?.conflict;
    return element(
      'div',
      { class: 'keys-waiting' },
      element('p', { tabindex: -1, id: 'keys-told' }, waiting?.told ?? ''),
      conflict && small('Take it', () => give(id, conflict.key, true)),
      small('Leave it', () => settle(id, keys.choice)),
    );
  }

  function wait(id: CommandId, add: boolean): void {
    waiting = { id, add, conflict: null, told: 'Press the new key. Tab leaves it as it is.' };
    drawList();
    focusWaiting();
  }

  function focusWaiting(): void {
    const take = waiting?.conflict ? list.querySelector<HTMLElement>('.keys-waiting button') : null;
    (take ?? list.querySelector<HTMLElement>('#keys-told'))?.focus();
    setText(status, waiting?.told ?? '');
  }

  function give(id: CommandId, key: string, take: boolean): void {
    const isPedal = `key:${key}` in preferences.now.pedal.pedals;
    const change: Change = isPedal
      ? { kind: 'kept', why: 'It is a foot pedal: take it away there first.' }
      : giveKey(keys.choice, id, key, { add: waiting?.add ?? false, take });
    if (change.kind === 'done') {
      settle(id, change.choice, `${showKey(key)}: ${COMMANDS[id].does}`);
      return;
    }
    const told =
      change.kind === 'kept'
        ? `${showKey(key)} can not be used. ${change.why} Press another key.`
        : `${showKey(key)} is “${change.with.map((other) => COMMANDS[other].does).join('” and “')}” now.`;
    const conflict = change.kind === 'conflict' ? { key, with: change.with } : null;
    waiting = { id, add: waiting?.add ?? false, told, conflict };
    drawList();
    focusWaiting();
  }

  function settle(id: CommandId, choice: KeyChoice, told = ''): void {
    waiting = null;
    if (choice !== keys.choice) use(choice);
    draw();
    list.querySelector<HTMLElement>(`[data-command="${id}"] .keys-acts button`)?.focus();
    setText(status, told);
  }

  function draw(): void {
    drawPresets();
    drawList();
    resetAll.hidden = Object.keys(keys.choice.own).length === 0;
  }

  const resetAll = small('Reset all keys', () => {
    waiting = null;
    use({ ...keys.choice, own: {} });
    draw();
    setText(status, 'All keys are as in the preset.');
  });
  const dialog = element(
    'dialog',
    { class: 'dialog keys-sheet keys-editor', 'aria-labelledby': 'keys-editor-title' },
    element('h2', { id: 'keys-editor-title' }, 'Change keys'),
    presetPart,
    list,
    status,
    element(
      'div',
      { class: 'form-actions' },
      small('Close', () => shown.finish('')),
      resetAll,
    ),
  );
  // Before the dialog's own keys: while one is waited for, Escape is a key like others.
  dialog.addEventListener(
    'keydown',
    (event) => {
      event.stopPropagation();
      if (!waiting || waiting.conflict || /^(Control|Shift|Alt|Meta|AltGraph)$/.test(event.key)) return;
      const { id } = waiting;
      const name = nameOfKey(event);
      event.preventDefault();
      if (name === 'Tab' && !COMMANDS[id].offered) settle(id, keys.choice);
      else give(id, name, false);
    },
    { capture: true },
  );
  // Escape does not reach keydown's default in every browser before it closes the dialog.
  dialog.addEventListener('cancel', (event) => {
    if (waiting && !waiting.conflict) event.preventDefault();
  });
  const shown = openDialog(dialog, () => {
    draw();
    presetPart.querySelector('select')?.focus();
  });
  await shown.result;
}

const caps = (names: readonly string[]): (Node | string)[] =>
  names.length === 0 ? [element('span', { class: 'quiet' }, 'no key')] : keyCaps(names);

function small(label: string, onclick: () => void, name?: string): HTMLButtonElement {
  return element(
    'button',
    { class: 'button button-small', type: 'button', 'aria-label': name, onclick },
    label,
  );
}
