import { csrfToken } from './dom.ts';
import { createUnitPlayer } from './unit-player.ts';
import { byId, element, setText } from './workbench/dom.ts';
import '../styles/report-correct.css';

/** Long enough that a word is typed, short enough that it seems to follow. */
const SETTLE_MS = 400;

interface Preview {
  units: { number: number | null; text: string }[];
  gone: { number: number; text: string }[];
}

/** Which units a correction changes, beside the text while it is written; the unit under the cursor is heard. */
function start(form: HTMLFormElement): void {
  const field = byId('correct-text', HTMLTextAreaElement);
  const words = form.querySelector('[data-preview-words]');
  const list = form.querySelector('[data-preview]');
  const reportId = form.dataset.correct ?? '';
  if (!words || !list) throw new Error('the page has no preview');
  const before = field.value;
  const player = createUnitPlayer();
  let shown: Preview['units'] = [...list.querySelectorAll('li')].map((row) => ({
    number: Number(row.dataset.number),
    text: row.lastElementChild?.textContent ?? '',
  }));
  let timer: number | undefined;
  let asked = 0;

  async function look(): Promise<void> {
    asked += 1;
    const turn = asked;
    const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    const response = await fetch(`${form.action}/preview`, {
      method: 'POST',
      headers: { accept: 'application/json', 'x-csrf-token': csrfToken() },
      body,
    }).catch(() => null);
    if (turn !== asked) return;
    if (!response?.ok)
      return setText(
        words ?? form,
        'What changes could not be looked at; the text can be put in force all the same.',
      );
    show((await response.json()) as Preview);
  }

  function show({ units, gone }: Preview): void {
    shown = units;
    const fresh = units.filter(({ number }) => number === null).length;
    const numbers = gone.map(({ number }) => number).join(', ');
    setText(
      words ?? form,
      gone.length === 0 && fresh === 0
        ? 'No unit changes.'
        : `${gone.length === 0 ? 'No unit goes' : `${gone.length === 1 ? 'Unit' : 'Units'} ${numbers} ${gone.length === 1 ? 'goes' : 'go'}`}, ${fresh === 0 ? 'none is new' : `${fresh} ${fresh === 1 ? 'is' : 'are'} new`}. Old links to what goes say what became of it.`,
    );
    list?.replaceChildren(
      ...units.map(({ number, text }) =>
        element(
          'li',
          { 'data-new': number === null },
          element('span', { class: 'correct-number' }, number === null ? 'new' : String(number)),
          element('span', {}, text),
        ),
      ),
    );
  }

  /** The unit that the cursor is in, by its words before the cursor. */
  function unitHere(): number | null {
    let at = 0;
    for (const { number, text } of shown) {
      const found = field.value.indexOf(text, at);
      if (found < 0) continue;
      if (field.selectionStart <= found + text.length) return number;
      at = found + text.length;
    }
    return shown.at(-1)?.number ?? null;
  }

  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void look(), SETTLE_MS);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== ' ' || !event.ctrlKey) return;
    event.preventDefault();
    const number = unitHere();
    if (player.current()) player.stop();
    else if (number !== null) player.toggle({ reportId, number });
  });
  let isSent = false;
  form.addEventListener('submit', () => {
    isSent = true;
  });
  addEventListener('beforeunload', (event) => {
    if (!isSent && field.value !== before) event.preventDefault();
  });
}

const form = document.querySelector<HTMLFormElement>('[data-correct]');
if (form) start(form);
