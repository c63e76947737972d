import type { ReviewDecision } from '../../transcription/reports/review/review-input.ts';
import type { ReviewRecord, StateUnit } from '../../transcription/reports/review/review-state.ts';
import { csrfToken, plainKey } from './dom.ts';
import { connectEvents } from './events.ts';
import { createReviewApi, type WireName } from './report/review-api.ts';
import {
  askAdded,
  askChange,
  askCodes,
  askStep,
  type DialogHelp,
  type Selected,
} from './report/review-dialogs.ts';
import {
  applyDecisions,
  countOpen,
  isOpen,
  openModel,
  type ReviewModel,
  takeBack,
} from './report/review-model.ts';
import { createReviewSender, type SenderState } from './report/review-sender.ts';
import { createReviewView, tellOpen } from './report/review-view.ts';
import { createSelection } from './report/selected-words.ts';
import { showChanges } from './report/show-changes.ts';
import { createUnitPlayer } from './unit-player.ts';
import { byId, setText } from './workbench/dom.ts';
import '../styles/report-review.css';

const UNDO_DEPTH = 100;
const root = byId('report-review', HTMLElement);
const told = byId('told', HTMLElement);
const saved = byId('saved', HTMLElement);
const open = byId('open', HTMLElement);
const confirmAll = byId('confirm-all', HTMLButtonElement);
const addSelected = byId('add-selected', HTMLButtonElement);
const reportId = root.dataset.report ?? '';
const api = createReviewApi(reportId, csrfToken());
const player = createUnitPlayer();

function tell(message: string): void {
  told.hidden = message === '';
  setText(told, message);
}

async function start(): Promise<void> {
  let model: ReviewModel = openModel(await api.load());
  let current: string | null = startingUnit(model);
  const undone: ReviewRecord[][] = [];
  const names = new Map<string, readonly WireName[]>();

  const help: DialogHelp = {
    get model() {
      return model;
    },
    async names(type) {
      const known = names.get(type) ?? (await api.names(type));
      names.set(type, known);
      return known;
    },
  };
  const sender = createReviewSender(api, () => model.revision, onSent);
  const view = createReviewView(byId('units', HTMLElement), 'audio' in root.dataset, {
    pick(unit) {
      // A press that marks words is no wish to go there.
      if (!(getSelection()?.isCollapsed ?? true)) return;
      go(unit);
    },
    play: (number) => player.toggle({ reportId, number }),
    code: (unit, { code }, certainty) => act([{ do: 'code', unit: unit.number, code, certainty }]),
    codes: (unit) => asked(askCodes(unit, help)),
    value: ({ id }, certainty) => act([{ do: 'value', id, certainty }]),
    changeValue: (value) => asked(askChange(value, help)),
    addValue: (unit) => asked(askAdded(unit?.number ?? null, null, help)),
    step: ({ id }, certainty) => act([{ do: 'step', id, certainty }]),
    changeStep: (step) => asked(askStep(null, step)),
    addStep: (unit) => asked(askStep(unit, null)),
  });
  const selection = createSelection(byId('units', HTMLElement), (words) => {
    addSelected.hidden = words === null || !model.rights.values;
    if (words)
      setText(
        addSelected,
        `Add “${words.text.length > 30 ? `${words.text.slice(0, 29)}…` : words.text}” as …`,
      );
  });

  function draw(): void {
    view.draw(model, current);
    setText(open, tellOpen(model));
    open.toggleAttribute('data-done', countOpen(model) === 0);
    confirmAll.disabled = countOpen(model) === 0;
  }

  function go(unit: string | null): void {
    if (unit === current) return;
    current = unit;
    draw();
    view.lead();
  }

  /** Shows it at once, and sends it. */
  function act(decisions: readonly ReviewDecision[], keepsUndo = true): void {
    const applied = applyDecisions(model, decisions, names);
    if (!applied.ok) {
      tell(applied.fault);
      return;
    }
    if (applied.records.length === 0) return;
    tell('');
    if (keepsUndo) undone.push(applied.records);
    if (undone.length > UNDO_DEPTH) undone.shift();
    model = applied.model;
    draw();
    sender.send(decisions);
  }

  function asked(decisions: Promise<ReviewDecision[] | null>): void {
    decisions.then(
      (made) => {
        if (made) act(made);
        view.lead();
      },
      () => tell('The names could not be fetched. Try again in a moment.'),
    );
  }

  function onSent(state: SenderState, revision: number | null): void {
    const words = {
      saved: 'Saved',
      saving: 'Saving',
      waiting: 'Not saved yet: the server does not answer. Trying again.',
    };
    setText(saved, typeof state === 'object' ? 'Not saved' : words[state]);
    if (typeof state === 'object') {
      undone.length = 0;
      tell(state.refused);
    }
    if (revision !== null) model = { ...model, revision };
    if (state === 'saved' || typeof state === 'object') void refresh();
  }

  /** What the server has, as soon as nothing of ours is on its way. */
  async function refresh(): Promise<void> {
    const fresh = await api.load().catch(() => null);
    if (!fresh || !sender.isIdle || fresh.revision < model.revision) return;
    model = openModel(fresh);
    if (current !== null && !model.state.units.some(({ id }) => id === current)) current = null;
    draw();
    showChanges(byId('changes', HTMLElement), model.changes);
  }

  const unitNow = (): StateUnit | null => model.state.units.find(({ id }) => id === current) ?? null;
  const places = () => [null, ...model.state.units.map(({ id }) => id)];

  function move(by: number): void {
    const all = places();
    go(all[Math.max(0, Math.min(all.length - 1, all.indexOf(current) + by))] ?? null);
  }

  function nextOpen(): void {
    const all = places();
    const from = all.indexOf(current);
    const later = [...all.slice(from + 1), ...all.slice(0, from + 1)].find((id) => isOpen(model, id));
    if (later !== undefined) go(later);
  }

  function accept(): void {
    const unit = unitNow();
    if (unit) act([{ do: 'confirm', unit: unit.number }]);
    else
      act(
        model.state.values
          .filter(
            ({ certainty, unitId, field }) =>
              certainty === 'suggested' && (unitId === null || isAbout(field)),
          )
          .map(({ id }) => ({ do: 'value' as const, id, certainty: 'confirmed' as const })),
      );
    nextOpen();
  }

  function undo(): void {
    const last = undone.pop();
    const back = last ? takeBack(last) : [];
    if (back.length > 0) act(back, false);
  }

  function addWords(words: Selected): void {
    getSelection()?.removeAllRanges();
    asked(askAdded(words.unit, words, help));
  }

  const keys: Record<string, () => void> = {
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    Home: () => go(null),
    End: () => go(model.state.units.at(-1)?.id ?? null),
    Enter: accept,
    ' ': () => {
      const unit = unitNow();
      if (unit) player.toggle({ reportId, number: unit.number });
    },
    c: () => {
      const unit = unitNow();
      if (unit && model.rights.codes) asked(askCodes(unit, help));
    },
    v: () => {
      const words = selection.words();
      if (!model.rights.values) return;
      if (words) addWords(words);
      else asked(askAdded(unitNow()?.number ?? null, null, help));
    },
    n: () => {
      const unit = unitNow();
      if (unit && model.rights.values) asked(askStep(unit, null));
    },
    a: () => ofField('account'),
    d: () => ofField('meeting_date'),
    u: undo,
  };

  /** The one value of a field changed, or added where there is none. */
  function ofField(field: string): void {
    if (!model.rights.values) return;
    const held = model.state.values.find((value) => value.field === field && value.certainty !== 'refused');
    asked(held ? askChange(held, help) : askAdded(null, null, help, field));
  }

  document.addEventListener('keydown', (event) => {
    const key = plainKey(event);
    if (key === null) return;
    const isControl = event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement;
    // A focused button keeps its own Enter and Space.
    if (isControl && (key === 'Enter' || key === ' ')) return;
    if (key === 'Enter' && event.shiftKey) {
      event.preventDefault();
      act([{ do: 'confirm' }]);
      return;
    }
    const run = keys[key];
    if (!run) return;
    event.preventDefault();
    if (!event.repeat || key.startsWith('Arrow') || key === 'j' || key === 'k') run();
  });
  confirmAll.addEventListener('click', () => act([{ do: 'confirm' }]));
  addSelected.addEventListener('pointerdown', (event) => event.preventDefault());
  addSelected.addEventListener('click', () => {
    const words = selection.words();
    if (words) addWords(words);
  });
  addEventListener('beforeunload', (event) => {
    if (!sender.isIdle) event.preventDefault();
  });
  connectEvents(
    ['report.reviewed', 'report.finalized'],
    ({ reportId: of }) => {
      if ((!of || of === reportId) && sender.isIdle) void refresh();
    },
    () => undefined,
  );
  player.onChange(({ unit, state }) => {
    for (const row of document.querySelectorAll('.rv-unit[data-playing]'))
      row.removeAttribute('data-playing');
    if (unit && state !== 'failed')
      document.querySelector(`#unit-${unit.number}`)?.setAttribute('data-playing', '');
    if (state === 'failed')
      tell(`Unit ${unit?.number ?? ''} can't be played. Its audio may not be kept any more.`);
  });

  draw();
  showChanges(byId('changes', HTMLElement), model.changes);
  setText(saved, 'Saved');
  root.removeAttribute('aria-busy');
  view.lead();
}

const ABOUT = ['account', 'contact', 'new_contact', 'meeting_date', 'meeting_type', 'stage', 'sentiment'];
const isAbout = (field: string) => ABOUT.includes(field);

/** The unit that the address names, else the first place where something is open. */
function startingUnit(model: ReviewModel): string | null {
  const named = location.hash.slice(1);
  if (model.state.units.some(({ id }) => id === named)) return named;
  if (isOpen(model, null)) return null;
  return model.state.units.find(({ id }) => isOpen(model, id))?.id ?? null;
}

start().catch(() => tell('The report could not be fetched. Load the page again.'));
