import { openDialog } from '../dialogs/open-dialog.ts';
import { element, setText } from '../dom.ts';
import { whyKept } from '../keys/kept-keys.ts';
import { COMMAND_IDS, COMMANDS } from '../keys/key-map.ts';
import type { Keys } from '../keys/keys.ts';
import type { PedalLine } from '../keys/keys-sheet.ts';
import { nameOfKey, showKey } from '../keys/name-of-key.ts';
import type { Preferences } from '../keys/preferences.ts';
import { ACTION_LABELS, PEDAL_ACTIONS, type PedalAction, type Trigger } from './pedal-actions.ts';
import type { Pedals } from './pedals.ts';

const HID_TRIGGERS = ['hid:left', 'hid:middle', 'hid:right'];
const HID_STATES = {
  absent:
    'This browser does not talk to foot pedals; Chrome and Edge do. A pedal that sends keys works here, too: add its keys below.',
  none: 'No Infinity pedal is connected. Plug it in, then let the browser use it; it asks only once.',
  connected: 'The Infinity pedal is connected.',
  held: 'The pedal is there, but can not be opened: another program has it, or this computer does not allow it.',
};

/** Where pedals get their work: shows live what is pressed. Each change is kept at once. */
export async function setUpPedals(pedals: Pedals, preferences: Preferences, keys: Keys): Promise<void> {
  const settings = () => preferences.now.pedal;
  let waits = false;
  const state = element('p', { class: 'small', role: 'status' });
  const connect = button('Connect an Infinity pedal', () => void pedals.hid.connect().catch(() => undefined));
  const list = element('ul', { class: 'pedal-list' });
  const told = element('p', { class: 'small', role: 'status' });
  const addKey = button('Add a key', () => {
    waits = !waits;
    addKey.toggleAttribute('data-takes-keys', waits);
    setText(told, waits ? 'Press the pedal that sends a key. Tab leaves it.' : '');
  });
  const mode = element(
    'select',
    {
      class: 'input',
      id: 'pedal-mode',
      onchange: () => preferences.change('pedal', { mode: mode.value === 'toggle' ? 'toggle' : 'hold' }),
    },
    element('option', { value: 'hold' }, 'While it is held'),
    element('option', { value: 'toggle' }, 'Press to play, press again to stop'),
  );
  mode.value = settings().mode;

  const assign = (trigger: Trigger, action: PedalAction | null) => {
    const { [trigger]: _, ...others } = settings().pedals;
    preferences.change('pedal', { pedals: action ? { ...others, [trigger]: action } : others });
  };
  /** Buttons of a gamepad show up by being pressed. */
  const seen = new Set<Trigger>();
  const triggers = () => [
    ...new Set([...HID_TRIGGERS, ...Object.keys(settings().pedals), ...seen].toSorted(byKind)),
  ];

  function drawList(): void {
    list.replaceChildren(
      ...triggers().map((trigger) => {
        const label = labelOf(trigger);
        const select = element(
          'select',
          {
            class: 'input',
            'aria-label': label,
            onchange: () =>
              assign(trigger, PEDAL_ACTIONS.find((action) => action === select.value) ?? 'nothing'),
          },
          ...PEDAL_ACTIONS.map((action) => element('option', { value: action }, ACTION_LABELS[action])),
        );
        select.value = settings().pedals[trigger] ?? 'nothing';
        return element(
          'li',
          { class: 'pedal-row', 'data-trigger': trigger },
          element('span', { class: 'pedal-lamp', 'aria-hidden': 'true' }),
          element('span', {}, label, element('span', { class: 'visually-hidden pedal-told' })),
          select,
          isHid(trigger)
            ? null
            : button('Remove', () => {
                seen.delete(trigger);
                assign(trigger, null);
                draw();
                addKey.focus();
              }),
        );
      }),
    );
  }

  function drawDown(): void {
    setText(state, HID_STATES[pedals.hid.state]);
    connect.hidden = pedals.hid.state === 'absent' || pedals.hid.state === 'connected';
    const fresh = pedals.down.filter((trigger) => !triggers().includes(trigger));
    for (const trigger of fresh) seen.add(trigger);
    if (fresh.length > 0) drawList();
    for (const row of list.querySelectorAll<HTMLElement>('.pedal-row')) {
      const isDown = pedals.down.includes(row.dataset.trigger ?? '');
      row.toggleAttribute('data-pressed', isDown);
      const words = row.querySelector('.pedal-told');
      if (words) setText(words, isDown ? ', pressed' : '');
    }
  }

  function draw(): void {
    drawList();
    drawDown();
  }

  function takeKey(event: KeyboardEvent): void {
    if (/^(Control|Shift|Alt|Meta|AltGraph)$/.test(event.key)) return;
    const name = nameOfKey(event);
    if (/^(Shift\+)?Tab$/.test(name)) {
      addKey.click();
      return;
    }
    event.preventDefault();
    const other = COMMAND_IDS.find((id) => COMMANDS[id].where !== 'units' && keys.keysOf(id).includes(name));
    const why =
      name.length === 1 || name === 'Space' || name === 'Enter' || name === 'Escape'
        ? 'It is needed for typing: set the pedal to F13, or another key, with the program that came with it.'
        : whyKept(name, 'pause');
    if (why) {
      setText(told, `${showKey(name)} can not be a pedal. ${why}`);
      return;
    }
    addKey.click();
    setText(told, other ? `${showKey(name)} is a pedal now, and no longer “${COMMANDS[other].does}”.` : '');
    assign(`key:${name}`, 'play');
    draw();
    list.querySelector<HTMLElement>(`[data-trigger="${CSS.escape(`key:${name}`)}"] select`)?.focus();
  }

  const dialog = element(
    'dialog',
    { class: 'dialog pedal-setup', 'aria-labelledby': 'pedal-title' },
    element('h2', { id: 'pedal-title' }, 'Foot pedal'),
    state,
    element('div', { class: 'form-actions' }, connect, addKey),
    told,
    list,
    element(
      'div',
      { class: 'field' },
      element('label', { for: 'pedal-mode' }, 'The pedal for play works'),
      mode,
    ),
    element(
      'p',
      { class: 'tiny quiet' },
      'Press a pedal to see which it is. Buttons of a gamepad show up here when they are pressed.',
    ),
    element(
      'div',
      { class: 'form-actions' },
      button('Close', () => shown.finish('')),
    ),
  );
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (waits && document.activeElement === addKey) takeKey(event);
  });
  // Escape is told why it is no pedal; it does not close what waits for a pedal.
  dialog.addEventListener('cancel', (event) => {
    if (waits) event.preventDefault();
  });
  addKey.addEventListener('blur', () => {
    if (waits) addKey.click();
  });
  const shown = openDialog(dialog, () => {
    draw();
    (connect.hidden ? addKey : connect).focus();
  });
  const unfollow = pedals.follow(drawDown);
  await shown.result;
  unfollow();
}

/** What stands on the sheet of keys: the Infinity pedal's only once there is one. */
export function pedalLines(pedals: Pedals, preferences: Preferences): PedalLine[] {
  return Object.entries(preferences.now.pedal.pedals)
    .filter(
      ([trigger, action]) => action !== 'nothing' && (pedals.hid.state === 'connected' || !isHid(trigger)),
    )
    .map(([trigger, action]) => ({ label: labelOf(trigger), does: ACTION_LABELS[action] }));
}

const isHid = (trigger: Trigger): boolean => HID_TRIGGERS.includes(trigger);

function labelOf(trigger: Trigger): string {
  const [kind = '', ...rest] = trigger.split(':');
  const name = rest.join(':');
  if (kind === 'key') return `Key ${showKey(name)}`;
  if (kind === 'gamepad') return `Gamepad button ${Number(name) + 1}`;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} pedal`;
}

const KINDS = ['hid', 'key', 'gamepad'];
function byKind(a: Trigger, b: Trigger): number {
  const [one, other] = [a, b].map((trigger) => KINDS.indexOf(trigger.split(':')[0] ?? ''));
  return (one ?? 0) - (other ?? 0);
}

function button(label: string, onclick: () => void): HTMLButtonElement {
  return element('button', { class: 'button button-small', type: 'button', onclick }, label);
}
