import { isTyping } from '../dom.ts';
import { connectEvents } from '../events.ts';
import { typedUntil } from './audio/anchors.ts';
import { createTransport } from './audio/transport.ts';
import type { Banner } from './dialogs/banner.ts';
import { byId, setText } from './dom.ts';
import { createDoubts } from './doubts/doubts.ts';
import { openHistory } from './history/open-history.ts';
import type { JobApi } from './job-api.ts';
import { type CommandHandlers, runCommand } from './keys/commands.ts';
import type { Keys } from './keys/keys.ts';
import { editKeys } from './keys/keys-editor.ts';
import { showKeys } from './keys/keys-sheet.ts';
import type { Preferences } from './keys/preferences.ts';
import { createJobMenu } from './leave-job.ts';
import type { Hid } from './pedal/hid-pedal.ts';
import { pedalLines, setUpPedals } from './pedal/pedal-setup.ts';
import { createPedals } from './pedal/pedals.ts';
import { redactText } from './redact-text.ts';
import { isReview } from './review/review.ts';
import { createSecondStep } from './review/second-step.ts';
import type { Autosave, ServerDraft } from './saving/autosave.ts';
import { chooseText } from './saving/choose-text.ts';
import { createDraftKeeper } from './saving/draft-keeper.ts';
import { startHeartbeat } from './saving/heartbeat.ts';
import { createLeaseLost } from './saving/lease-lost.ts';
import { forgetLease } from './saving/leases.ts';
import type { LocalDrafts } from './saving/local-drafts.ts';
import { type Recovery, recoverDraft } from './saving/recovery.ts';
import { createSaveLine } from './saving/save-line.ts';
import type { Session } from './saving/session.ts';
import { signInAgain } from './saving/sign-in-again.ts';
import type { WindowTurn } from './saving/window-turn.ts';
import { createSidePanel } from './side-panel.ts';
import { createNamesHelper, insertAtSelection } from './text/names-helper.ts';
import { countWords } from './text/show-time.ts';
import { createTextTools } from './text/text-tools.ts';
import { contentOf, typeInto } from './text/typing.ts';
import type { TypingApi, TypingHelp } from './text/typing-api.ts';
import type { JobDetail, JobVocabulary } from './wire.ts';
import type { Work } from './work.ts';

export interface WorkbenchParts {
  job: JobDetail;
  leaseToken: string;
  vocabulary: JobVocabulary;
  api: JobApi;
  drafts: LocalDrafts;
  turn: WindowTurn;
  banner: Banner;
  keys: Keys;
  session: Session;
  typingApi: TypingApi;
  typingHelp: Promise<TypingHelp>;
  preferences: Preferences;
}

export interface Workbench {
  /** Another window has the turn: stops writing, keeps the text. */
  yield(): void;
}

const WORDS_EVERY_MS = 250;

/** The workbench with a job that is ours: typing, saving, finishing. */
export async function startWorkbench(parts: WorkbenchParts): Promise<Workbench> {
  const { job, vocabulary, api, drafts, turn, banner, keys, preferences } = parts;
  const field = byId('text', HTMLTextAreaElement);
  const side = byId('side', HTMLElement);
  const wordCount = byId('words', HTMLElement);
  const showSaved = createSaveLine(byId('saved', HTMLElement));

  const marks = job.doubts.map(({ id, start, end }) => ({ id, start, end }));
  const server: ServerDraft = { ...job.draft, marks };
  const local = await drafts.read(job.id);
  const recovery = recoverDraft(local, server);
  const { content: recovered } = recovery;
  const work: Work = {
    typed: recovered,
    review: isReview(recovered.review) ? recovered.review : null,
    leaseToken: parts.leaseToken,
    stopped: false,
    isLeaving: false,
  };

  const panel = createSidePanel(side, job, keys, (index) => names.insert(index));
  const names = createNamesHelper(field, panel, vocabulary, job.accounts);
  const showSheet = () =>
    showKeys(keys, pedalLines(pedals, preferences), () => void editKeys(keys, preferences));
  const transport = createTransport({
    job,
    startSeconds: recovered.audioPositionMs / 1000,
    banner,
    preferences,
    keys,
    more: [
      { label: 'Foot pedal', run: () => setUpPedals(pedals, preferences, keys) },
      { label: 'Keys', run: showSheet },
    ],
  });
  const { player } = transport;
  const pedals = createPedals({
    preferences,
    player,
    run: (action) => (action === 'mark-unclear' ? doubts.mark() : transport.run(action)),
    world: {
      window,
      hid: (navigator as Navigator & { hid?: Hid }).hid,
      gamepads: () => navigator.getGamepads(),
    },
  });
  const tools = await createTextTools({
    job,
    vocabulary,
    field,
    work,
    api: parts.typingApi,
    help: parts.typingHelp,
    banner,
    keys,
    besideWords: wordCount,
  });
  const content = () => contentOf(work.typed, player.seconds, work.review);

  const keeper = createDraftKeeper({
    jobId: job.id,
    leaseToken: work.leaseToken,
    api,
    drafts,
    server,
    content: recovered,
    onChange: onSaveState,
    onRefused: (message) => banner.show(`${message} Your text is kept on this computer.`, [], 'late'),
    signInAgain: () => signInAgain(parts.session, banner, field),
  });
  const saveNow = () => keeper.saveNow();
  const keep = () => {
    if (!work.isLeaving) keeper.edit(content());
  };

  const doubts = createDoubts({
    job,
    keys,
    api,
    banner,
    field,
    side,
    player,
    work,
    saveNow,
    onMarks: keep,
    showOnWave: transport.showDoubts,
    toText: () => second.close(),
  });
  const menu = createJobMenu({
    jobId: job.id,
    api,
    drafts,
    banner,
    work,
    field,
    saveNow,
    leaveJob,
    items: () => [
      { label: 'Redact what is selected', note: 'For good, in text and sound', run: redact },
      ...tools.menu,
      ...transport.items,
    ],
    insert: (text) => second.shownText === null && insertAtSelection(field, text),
    waits: () => doubts.open().some(({ state }) => state === 'asked'),
    job,
  });
  const second = createSecondStep({
    job,
    vocabulary,
    api,
    banner,
    player,
    work,
    field,
    keys,
    doubts: {
      open: doubts.open,
      hideMarks(isHidden) {
        doubts.hideMarks(isHidden);
        tools.hide(isHidden);
      },
    },
    saveNow,
    onChange: keep,
    onLeaseLost: () => keeper.leaseLost(),
    hold: menu.hold,
    leaveJob,
  });

  /** Another text than the one that was typed here: what was reviewed is not it any more. */
  function showOther(text: string): void {
    if (second.shownText !== null && text !== second.shownText) second.close();
    showText(text);
  }

  function showText(text: string): void {
    field.value = text;
    followText();
    tools.shown();
  }

  /** What stands around the text follows it. */
  function followText(): void {
    const count = countWords(work.typed.text);
    setText(wordCount, count === 1 ? '1 word' : `${count.toLocaleString('en-US')} words`);
    transport.shadeUntil(typedUntil(work.typed.anchors) / 1000);
    doubts.draw();
  }

  const redact = () => redactText({ job, work, field, player, banner, drafts, saveNow, stop });

  let mergesSeen = 0;
  let isAsking = false;
  function onSaveState(state: Autosave): void {
    showSaved(state);
    if (state.merges > mergesSeen) {
      mergesSeen = state.merges;
      const caret = field.selectionStart;
      const { text, anchors, marks } = state.content;
      work.typed = { text, anchors, ...(marks && { marks }) };
      showOther(text);
      field.setSelectionRange(caret, caret);
      banner.show(
        'Changes from elsewhere were merged into your text.',
        [{ label: 'All right', run: banner.hide }],
        'good',
      );
    }
    if (state.phase === 'conflict' && state.theirs) void settleConflict(work.typed.text, state.theirs.text);
    if (state.phase === 'lost') void onLeaseLost();
  }

  async function settleConflict(mine: string, theirs: string): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const choice = await chooseText(mine, theirs);
    isAsking = false;
    if (choice === 'mine') drafts.setAside(job.id, theirs, 'on the server, not chosen');
    if (choice === 'theirs') drafts.setAside(job.id, mine, 'on this computer, not chosen');
    const { text: typed } = work.typed;
    const text = choice === 'theirs' ? theirs : choice === 'mine' ? typed : `${typed}\n\n${theirs}`;
    work.typed = typeInto(work.typed, text, text.length, 0);
    showOther(text);
    if (keeper.state.phase === 'conflict') keeper.resolve(content());
    else keep();
    field.focus();
  }

  const onLeaseLost = createLeaseLost({
    jobId: job.id,
    api,
    banner,
    work,
    field,
    onRegained: (leaseToken) => keeper.regain(leaseToken),
    stop,
  });

  let followTimer: ReturnType<typeof setTimeout> | undefined;
  field.addEventListener('input', (event) => {
    const { value, selectionStart } = field;
    const { text: before } = work.typed;
    work.typed = tools.recall(value) ?? typeInto(work.typed, value, selectionStart, player.seconds * 1000);
    keep();
    names.typed();
    tools.typed(event, before);
    // A mark that lags behind its words would show on others.
    if (work.typed.marks?.length) doubts.draw();
    clearTimeout(followTimer);
    followTimer = setTimeout(() => {
      followText();
      turn.show(work.typed.text);
    }, WORDS_EVERY_MS);
  });
  player.audio.addEventListener('pause', () => {
    if (!work.stopped) keep();
  });

  // ── keys ──
  /** With the units shown, too. */
  const anywhere: CommandHandlers = {
    ...transport.commands,
    keys: () => void showSheet(),
    menu: () => void menu.open(),
    'hear-answer': () => doubts.listen(),
    'next-unclear': () => doubts.next(1),
    'previous-unclear': () => doubts.next(-1),
    'hear-unclear': () => doubts.hearAgain(),
  };
  const inText: CommandHandlers = {
    ...tools.commands,
    'insert-name': () => document.activeElement === field && names.insert(),
    'next-name': () => names.markNext(),
    'mark-unclear': () => void doubts.mark(),
    ...doubts.commands,
    history: () =>
      void openHistory({
        jobId: job.id,
        api,
        banner,
        field,
        work,
        saveNow,
        keep,
        restoreMarks: doubts.restore,
      }),
    redact: () => void redact(),
    save: () => void keeper.saveNow().catch((error: Error) => banner.show(error.message)),
    finish: () => second.goOn(),
  };
  document.addEventListener('keydown', onKey, { capture: true });
  function onKey(event: KeyboardEvent): void {
    // Also when its focused element has just gone, so that the page itself gets the key.
    if (document.querySelector('dialog[open]')) return;
    const here = second.commands ?? inText;
    const place = second.commands ? 'units' : isTyping(event.target) ? 'typing' : 'beside';
    const command = keys.commandOf(event, place);
    if (!runCommand(here, command, event)) runCommand(anywhere, command, event);
  }

  byId('finish', HTMLButtonElement).addEventListener('click', () => second.goOn());
  byId('menu', HTMLButtonElement).addEventListener('click', () => void menu.open());
  byId('keys', HTMLButtonElement).addEventListener('click', () => void showSheet());

  const heartbeat = startHeartbeat(
    api,
    job.id,
    () => work.leaseToken,
    () => {
      if (!work.isLeaving) keeper.leaseLost();
    },
  );
  document.addEventListener('keydown', heartbeat.noteActivity, { capture: true });
  player.audio.addEventListener('timeupdate', heartbeat.noteActivity);
  const ticking = setInterval(() => panel.tick(Date.now()), 15_000);
  panel.tick(Date.now());
  connectEvents(
    ['job.changed'],
    ({ jobId }) => {
      if (jobId === null || jobId === job.id) void doubts.refresh();
    },
    () => {},
  );

  /** The server has it for good: nothing is kept here any more. */
  async function leaveJob(): Promise<void> {
    stop();
    turn.end();
    forgetLease(localStorage, job.id);
    await drafts.remove(job.id);
  }

  function stop(): void {
    work.stopped = true;
    keeper.stop();
    tools.stop();
    heartbeat.stop();
    clearInterval(ticking);
  }

  // ── begin ──
  api
    .loadPeaks(job.dictation.peaksUrl, transport.peaksWanted)
    .then((peaks) => transport.drawPeaks(peaks))
    .catch(() => banner.show('The waveform could not be loaded. The audio plays all the same.'));
  showText(work.typed.text);
  showSaved(keeper.state);
  field.readOnly = false;
  tellRecovery(recovery.kind, banner);
  if (work.review && work.review.text === work.typed.text) second.show(work.review);
  else {
    field.focus();
    field.setSelectionRange(work.typed.text.length, work.typed.text.length);
  }
  field.scrollTop = field.scrollHeight;
  if (recovery.kind === 'both') {
    // Kept before anybody is asked: a crash during the question must not cost it.
    drafts.setAside(job.id, recovery.local.text, 'on this computer, from before');
    work.typed = recovery.local;
    void settleConflict(recovery.local.text, server.text);
  }

  return {
    yield() {
      stop();
      field.readOnly = true;
    },
  };
}

function tellRecovery(kind: Recovery['kind'], banner: Banner): void {
  const told = {
    merged: 'What was typed here was merged with what the server had.',
    local: 'Your last typing was recovered from this computer.',
    server: null,
    both: null,
  }[kind];
  if (told) banner.show(told, [{ label: 'All right', run: banner.hide }], 'good');
}
