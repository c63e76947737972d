import { type DiffPiece, diffWords } from '../../../../transcription/jobs/draft-history/word-diff.ts';
import { openDialog } from '../dialogs/open-dialog.ts';
import { element, setText } from '../dom.ts';
import { type HistoryStep, type JobHistory, stepsOf, textsOf, wordsChanged } from './history.ts';

interface ShownHistory {
  history: JobHistory;
  /** What stands there now. */
  now: string;
  /** Missing where the text can't be changed any more. */
  restore?: (revision: number) => void;
}

/** How much of what stayed is shown around a change. */
const CONTEXT = 160;

/**
 * All versions of a text: a list by minute, a slider over each save, and what is different from now, word by word.
 * Arrow keys do it all; Enter brings a version back, C copies what it has and now has not.
 */
export async function showHistory({ history, now, restore }: ShownHistory): Promise<void> {
  const { versions } = history;
  const steps = stepsOf(history);
  const textAt = textsOf(versions);
  let at = versions.length - 1;
  let pieces: DiffPiece[] = [];

  const list = element('ul', {
    class: 'history-steps',
    role: 'listbox',
    tabindex: '0',
    'aria-labelledby': 'history-title',
    id: 'history-steps',
  });
  const slider = element('input', {
    class: 'history-slider',
    type: 'range',
    min: 0,
    max: Math.max(0, versions.length - 1),
    value: at,
    'aria-label': 'Each save',
  });
  const about = element('p', { class: 'small history-about', role: 'status' });
  const text = element('div', {
    class: 'history-text',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Difference from now',
  });
  const copy = element(
    'button',
    { class: 'button', type: 'button', onclick: () => void copyGone() },
    'Copy what is gone ',
    element('kbd', {}, 'C'),
  );
  const bring =
    restore &&
    element(
      'button',
      { class: 'button button-main', type: 'button', onclick: bringBack },
      'Bring this back ',
      element('kbd', {}, 'Enter'),
    );
  const dialog = element(
    'dialog',
    { class: 'dialog history-dialog', 'aria-labelledby': 'history-title' },
    element('h2', { id: 'history-title' }, 'History of this text'),
    versions.length === 0
      ? element('p', { class: 'quiet' }, 'Nothing is typed yet. Each second of typing will be found here.')
      : element(
          'div',
          { class: 'history' },
          element('div', { class: 'history-side' }, list),
          element('div', { class: 'history-main' }, slider, about, text),
        ),
    element(
      'div',
      { class: 'form-actions' },
      versions.length > 0 && bring,
      versions.length > 0 && copy,
      element(
        'button',
        { class: 'button', type: 'button', onclick: () => shown.finish('') },
        'Close ',
        element('kbd', {}, 'Esc'),
      ),
      element(
        'span',
        { class: 'tiny quiet' },
        '↑ ↓ by the minute · ← → save by save · nothing is lost by bringing back',
      ),
    ),
  );

  list.replaceChildren(...steps.map((step, index) => item(step, index)));
  list.addEventListener('click', (event) => {
    const line = event.target instanceof Element && event.target.closest<HTMLElement>('[data-step]');
    if (line) go(steps[Number(line.dataset.step)]?.last ?? at);
  });
  slider.addEventListener('input', () => go(slider.valueAsNumber));
  dialog.addEventListener('keydown', onKey);

  function onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inText = event.target === text;
    const current = steps.findIndex(({ first, last }) => first <= at && at <= last);
    const moves: Record<string, () => void> = {
      ...(!inText && {
        ArrowUp: () => go(steps[current - 1]?.last ?? at),
        ArrowDown: () => go(steps[current + 1]?.last ?? at),
      }),
      ArrowLeft: () => go(at - 1),
      ArrowRight: () => go(at + 1),
      Home: () => go(0),
      End: () => go(versions.length - 1),
      c: () => void copyGone(),
      ...(!(event.target instanceof HTMLButtonElement) && { Enter: bringBack }),
    };
    const move = moves[event.key];
    if (!move || versions.length === 0) return;
    event.preventDefault();
    move();
  }

  function go(index: number): void {
    at = Math.min(versions.length - 1, Math.max(0, index));
    draw();
  }

  function draw(): void {
    const version = versions[at];
    if (!version) return;
    pieces = diffWords(textAt(at), now);
    slider.value = String(at);
    const time = timeOf(version.savedAt, true);
    slider.setAttribute('aria-valuetext', time);
    const gone = wordsOf(pieces, 'removed');
    const came = wordsOf(pieces, 'added');
    const difference =
      gone + came === 0
        ? 'the same as now'
        : `${gone} ${gone === 1 ? 'word' : 'words'} gone since, ${came} came since`;
    setText(about, `${time}: ${difference}`);
    copy.disabled = gone === 0;
    if (bring) bring.disabled = gone + came === 0;
    text.replaceChildren(...pieces.flatMap(show));
    text.querySelector('ins, del')?.scrollIntoView({ block: 'center' });
    for (const [index, line] of [...list.children].entries()) {
      const step = steps[index];
      const isHere = step !== undefined && step.first <= at && at <= step.last;
      line.setAttribute('aria-selected', String(isHere));
      if (!isHere) continue;
      list.setAttribute('aria-activedescendant', line.id);
      line.scrollIntoView({ block: 'nearest' });
    }
  }

  async function copyGone(): Promise<void> {
    const chosen = String(getSelection() ?? '').trim();
    const gone = pieces
      .flatMap(({ kind, text: words }) => (kind === 'removed' ? [words.trim()] : []))
      .join('\n');
    await navigator.clipboard.writeText(chosen || gone);
    setText(about, chosen ? 'The selection is copied.' : 'What is gone is copied.');
  }

  function bringBack(): void {
    const version = versions[at];
    if (!restore || !version || bring?.disabled) return;
    shown.finish('');
    restore(version.revision);
  }

  const shown = openDialog(dialog, () => {
    draw();
    list.focus();
  });
  await shown.result;
}

function item({ savedAt, person, window, restoredFrom, words }: HistoryStep, index: number): HTMLElement {
  const who = [person, window !== null && `window ${window}`].filter(Boolean).join(', ');
  const what = restoredFrom === null ? wordsChanged(words) : 'brought back';
  return element(
    'li',
    { id: `history-step-${index}`, role: 'option', 'aria-selected': 'false', 'data-step': index },
    element('span', { class: 'history-time' }, timeOf(savedAt, false)),
    element('span', {}, what),
    who ? element('span', { class: 'tiny quiet' }, who) : null,
  );
}

function timeOf(iso: string, withSeconds: boolean): string {
  const at = new Date(iso);
  const isToday = at.toDateString() === new Date().toDateString();
  return at.toLocaleString('en-US', {
    ...(!isToday && { month: 'short', day: 'numeric' }),
    hour: 'numeric',
    minute: '2-digit',
    ...(withSeconds && { second: '2-digit' }),
  });
}

function wordsOf(pieces: readonly DiffPiece[], kind: DiffPiece['kind']): number {
  return pieces.reduce(
    (sum, piece) => sum + (piece.kind === kind ? (piece.text.match(/\S+/g)?.length ?? 0) : 0),
    0,
  );
}

/** What stayed is cut where it is long; what is gone is told from what came by more than its color. */
function show({ kind, text }: DiffPiece, index: number, all: readonly DiffPiece[]): Node[] {
  if (kind === 'removed') return [element('ins', { title: 'Stood here then, is gone now' }, text)];
  if (kind === 'added') return [element('del', { title: 'Stands here now, did not then' }, text)];
  const head = index === 0 ? 0 : CONTEXT;
  const tail = index === all.length - 1 ? 0 : CONTEXT;
  if (all.length === 1 || text.length <= head + tail + CONTEXT) return [document.createTextNode(text)];
  return [
    document.createTextNode(text.slice(0, head)),
    element('span', { class: 'quiet' }, ' … '),
    document.createTextNode(tail ? text.slice(-tail) : ''),
  ];
}
