import {
  type Coding,
  currentIndex,
  mergeNext,
  moveSentence,
  moveTo,
  moveUnit,
  moveWords,
  openCoding,
  openUnits,
  recode,
  splitHere,
  toUnits,
  unitsOf,
} from './agreement/coding.ts';
import { createCodingApi, Refused } from './agreement/coding-api.ts';
import { createCodingView } from './agreement/coding-view.ts';
import { createCodingKeeper, forget, unsentUnits } from './agreement/keep-coding.ts';
import { createPiecePlayer } from './agreement/piece-player.ts';
import { audioMsAt } from './agreement/place-words.ts';
import { csrfToken } from './dom.ts';
import { choose } from './workbench/dialogs/choose.ts';
import { openDialog } from './workbench/dialogs/open-dialog.ts';
import { byId, setText } from './workbench/dom.ts';
import '../styles/coding.css';

const UNDO_DEPTH = 200;
/** The places are known to a word or so: a little more is played on both sides. */
const LEAD_MS = 400;
const root = byId('coding', HTMLElement);
const frame = byId('units', HTMLElement);
const told = byId('told', HTMLElement);
const saved = byId('saved', HTMLElement);
const api = createCodingApi(csrfToken());
const codingId = root.dataset.coding ?? '';

function tell(message: string): void {
  told.hidden = message === '';
  setText(told, message);
}

async function open(): Promise<void> {
  const [work, codes] = await Promise.all([api.load(codingId), api.loadCodes()]);
  const unsent = unsentUnits(localStorage, codingId, work.revision);
  let coding = openCoding(work.text, unsent ?? work.units);
  const undone: Coding[] = [];
  let isOver = false;
  const labels = new Map(codes.map(({ key, label }) => [key, label]));
  const keeper = createCodingKeeper(api, localStorage, work, (state) => {
    if (typeof state === 'object') return stop(state.refused);
    setText(
      saved,
      state === 'saved' ? 'Saved' : state === 'saving' ? 'Saving' : 'Kept here; waiting for the server',
    );
  });
  const view = createCodingView(
    frame,
    byId('open', HTMLElement),
    byId('spoken', HTMLElement),
    (code) => labels.get(code) ?? code,
    (next) => set(next),
  );
  const audio = byId('audio', HTMLAudioElement);
  if (work.durationMs !== null) audio.src = `/api/v1/dictations/${work.dictationId}/audio`;
  const player = createPiecePlayer(audio, tell);

  function stop(message: string): void {
    isOver = true;
    root.dataset.ready = 'read';
    setText(saved, 'Read only');
    tell(message);
  }

  function set(next: Coding): void {
    if (isOver || next === coding) return;
    const isEdit = next.cuts !== coding.cuts || next.codes !== coding.codes;
    if (isEdit) undone.push(coding);
    if (undone.length > UNDO_DEPTH) undone.shift();
    coding = next;
    view.draw(coding);
    if (isEdit) keeper.keep(toUnits(coding));
  }

  async function askCodes(index: number): Promise<boolean> {
    const unit = unitsOf(coding)[index];
    if (!unit) return false;
    const chosen = await choose<string>({
      title: `Code of unit ${index + 1}`,
      enter: 'only',
      choices: codes.map(({ key, label, definition }) => ({ value: key, label, note: definition })),
      chosen: [...unit.codes],
    });
    if (!chosen) return false;
    set(recode(coding, index, chosen));
    return true;
  }

  /** The unit ends at the cursor and is coded; at a unit's beginning that unit is coded. The cursor goes on. */
  async function endUnit(): Promise<void> {
    const units = unitsOf(coding);
    const index = currentIndex(coding);
    const unit = units[index];
    if (!unit) return;
    if (coding.cursor === unit.from) {
      if ((await askCodes(index)) && index < units.length - 1) set(moveTo(coding, index + 1));
      return;
    }
    const cursor = coding.cursor;
    set(splitHere(coding));
    await askCodes(index);
    set({ ...coding, cursor });
  }

  function play(): void {
    if (player.isPlaying) player.stop();
    else if (work.durationMs === null) tell('The audio of this report is not kept any more.');
    else {
      const unit = unitsOf(coding)[currentIndex(coding)];
      const start = coding.words[coding.cursor]?.start ?? 0;
      const end = coding.words[(unit?.to ?? coding.words.length) - 1]?.end ?? work.text.length;
      const whole = { textLength: work.text.length, durationMs: work.durationMs };
      const at = (char: number) => audioMsAt(work.places, char, whole);
      player.play(Math.max(0, at(start) - LEAD_MS), at(end) + LEAD_MS);
    }
  }

  async function finish(evenIfOpen: boolean): Promise<void> {
    const first = openUnits(coding)[0];
    if (first !== undefined && !evenIfOpen) {
      set(moveTo(coding, first));
      return tell('This unit has no code yet. Ctrl+Shift+Enter finishes nevertheless; it is then left out.');
    }
    try {
      const revision = await keeper.settled();
      await api.finish(codingId, { claimToken: work.claimToken, revision, units: toUnits(coding) });
      isOver = true;
      forget(localStorage, codingId);
      location.assign('/agreement?done=1');
    } catch (error) {
      if (error instanceof Refused) stop(error.message);
      else tell('The server does not answer. What you did is kept; try again in a moment.');
    }
  }

  async function leave(): Promise<void> {
    await keeper.settled().catch(() => 0);
    await api.leave(codingId, work.claimToken);
    forget(localStorage, codingId);
    location.assign('/agreement');
  }

  function undo(): void {
    const before = undone.pop();
    if (!before || isOver) return;
    coding = before;
    view.draw(coding);
    keeper.keep(toUnits(coding));
  }

  function showKeys(): void {
    const sheet = byId('keys-sheet', HTMLDialogElement).cloneNode(true) as HTMLDialogElement;
    const shown = openDialog(sheet, () => sheet.querySelector('button')?.focus());
    sheet.querySelector('button')?.addEventListener('click', () => shown.finish('done'));
  }

  const keys: Record<string, () => unknown> = {
    ArrowRight: () => set(moveWords(coding, 1)),
    ArrowLeft: () => set(moveWords(coding, -1)),
    ArrowDown: () => set(moveSentence(coding, 1)),
    ArrowUp: () => set(moveSentence(coding, -1)),
    Home: () => set(moveWords(coding, -coding.words.length)),
    End: () => set(moveWords(coding, coding.words.length)),
    j: () => set(moveUnit(coding, 1)),
    k: () => set(moveUnit(coding, -1)),
    s: () => set(splitHere(coding)),
    m: () => set(mergeNext(coding)),
    c: () => askCodes(currentIndex(coding)),
    Enter: endUnit,
    ' ': play,
    '+': () => player.faster(1),
    '-': () => player.faster(-1),
    u: undo,
    '?': showKeys,
  };

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
      event.preventDefault();
      void finish(event.shiftKey);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isControl = event.target instanceof Element && event.target.closest('button, a, summary');
    if (isControl && (event.key === 'Enter' || event.key === ' ')) return;
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    tell('');
    void run();
  });
  byId('finish', HTMLButtonElement).addEventListener('click', () => void finish(false));
  byId('leave', HTMLButtonElement).addEventListener('click', () => void leave());
  byId('keys', HTMLButtonElement).addEventListener('click', showKeys);

  view.draw(coding);
  if (unsent) keeper.keep(toUnits(coding));
  else setText(saved, work.revision > 0 ? 'Saved' : '');
  root.dataset.ready = 'write';
  frame.focus({ preventScroll: true });
}

open().catch((error: unknown) =>
  tell(error instanceof Refused ? error.message : 'This could not be opened. Load the page again.'),
);
