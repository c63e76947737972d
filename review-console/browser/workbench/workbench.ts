import { typedUntil } from './anchors.ts';
import type { Autosave, ServerDraft } from './autosave.ts';
import type { Banner } from './banner.ts';
import { choose } from './choose.ts';
import { chooseText } from './choose-text.ts';
import { byId, setText } from './dom.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import { finalizeBody } from './finalize-body.ts';
import { claimNext, finalizeSurely } from './finish-job.ts';
import { createTextFinish } from './finish-text.ts';
import { startHeartbeat } from './heartbeat.ts';
import { type JobApi, Refused } from './job-api.ts';
import { askCloseCode, askMenu, askReleaseReason } from './job-menu.ts';
import { type TypingCommand, typingCommand } from './key-map.ts';
import { showKeys } from './keys-sheet.ts';
import { forgetLease, rememberLease } from './leases.ts';
import type { LocalDrafts } from './local-drafts.ts';
import { makeReview } from './make-review.ts';
import { createNamesHelper, insertAtSelection } from './names-helper.ts';
import { regainLease } from './open-job.ts';
import { recoverDraft } from './recovery.ts';
import { carryOver, isReview, type Review } from './review.ts';
import { type ReviewStepView, startReview } from './review-step.ts';
import { makesReport } from './said-for-part.ts';
import { createSaveLine } from './save-line.ts';
import { countWords } from './show-time.ts';
import { createSidePanel } from './side-panel.ts';
import { createTransport } from './transport.ts';
import { contentOf, type Typed, typeInto } from './typing.ts';
import type { WindowTurn } from './window-turn.ts';
import type { JobDetail, JobVocabulary } from './wire.ts';

export interface WorkbenchParts {
  job: JobDetail;
  leaseToken: string;
  vocabulary: JobVocabulary;
  api: JobApi;
  drafts: LocalDrafts;
  turn: WindowTurn;
  banner: Banner;
}

export interface Workbench {
  /** Another window has the turn: stops writing, keeps the text. */
  yield(): void;
}

const WORDS_EVERY_MS = 250;

/** The workbench with a job that is ours: typing, saving, finishing. */
export async function startWorkbench(parts: WorkbenchParts): Promise<Workbench> {
  const { job, vocabulary, api, drafts, turn, banner } = parts;
  const field = byId('text', HTMLTextAreaElement);
  const reviewFrame = byId('review', HTMLElement);
  const wordCount = byId('words', HTMLElement);
  let { leaseToken } = parts;
  const showSaved = createSaveLine(byId('saved', HTMLElement));

  const server: ServerDraft = job.draft;
  const local = await drafts.read(job.id);
  const recovery = recoverDraft(local, server);
  let typed: Typed = recovery.content;
  let review: Review | null = isReview(recovery.content.review) ? recovery.content.review : null;
  let step: ReviewStepView | null = null;
  let stopped = false;

  const panel = createSidePanel(byId('side', HTMLElement), job, (index) => names.insert(index));
  const names = createNamesHelper(field, panel, vocabulary);
  const transport = createTransport(job, recovery.content.audioPositionMs / 1000, banner, () => {});
  const { player } = transport;
  const content = () => contentOf(typed, player.seconds, review);

  const keeper = createDraftKeeper({
    jobId: job.id,
    leaseToken,
    api,
    drafts,
    server,
    content: recovery.content,
    onChange: onSaveState,
    onRefused: (message) => banner.show(`${message} Your text is kept on this computer.`, [], 'late'),
  });

  /** Another text than the one that was typed here: what was reviewed is not it any more. */
  function showOther(text: string): void {
    if (step && text !== step.review.text) closeReview();
    showText(text);
  }

  function showText(text: string): void {
    field.value = text;
    setText(wordCount, wordsLine());
    transport.shadeUntil(typedUntil(typed.anchors) / 1000);
  }

  function wordsLine(): string {
    const count = countWords(typed.text);
    return count === 1 ? '1 word' : `${count.toLocaleString('en-US')} words`;
  }

  let mergesSeen = 0;
  let isAsking = false;
  function onSaveState(state: Autosave): void {
    showSaved(state);
    if (state.merges > mergesSeen) {
      mergesSeen = state.merges;
      const caret = field.selectionStart;
      typed = { text: state.content.text, anchors: state.content.anchors };
      showOther(typed.text);
      field.setSelectionRange(caret, caret);
      banner.show(
        'Changes from elsewhere were merged into your text.',
        [{ label: 'All right', run: banner.hide }],
        'good',
      );
    }
    if (state.phase === 'conflict' && state.theirs) void settleConflict(typed.text, state.theirs.text);
    if (state.phase === 'lost') void onLeaseLost();
  }

  async function settleConflict(mine: string, theirs: string): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const choice = await chooseText(mine, theirs);
    isAsking = false;
    if (choice === 'mine') drafts.setAside(job.id, theirs, 'on the server, not chosen');
    if (choice === 'theirs') drafts.setAside(job.id, mine, 'on this computer, not chosen');
    const text = choice === 'theirs' ? theirs : choice === 'mine' ? typed.text : `${typed.text}\n\n${theirs}`;
    typed = typeInto(typed, text, text.length, 0);
    showOther(text);
    if (keeper.state.phase === 'conflict') keeper.resolve(content());
    else keeper.edit(content());
    field.focus();
  }

  let isRegaining = false;
  /** After a while without a connection the lease has run out; when nobody took the job meanwhile, it stays ours. */
  async function onLeaseLost(): Promise<void> {
    if (stopped || isRegaining) return;
    isRegaining = true;
    const regained = await regainLease(api, job.id).catch(() => null);
    isRegaining = false;
    if (stopped) return;
    if (regained) {
      leaseToken = regained;
      rememberLease(localStorage, job.id, regained);
      keeper.regain(regained);
      return;
    }
    stop();
    field.readOnly = true;
    banner.show(
      'This job is no longer yours: it was taken over or given back. Your text is kept on this computer.',
      [
        { label: 'Take it back', run: () => takeBack() },
        { label: 'Copy my text', run: () => void navigator.clipboard.writeText(typed.text) },
      ],
      'late',
    );
  }

  function takeBack(): void {
    forgetLease(localStorage, job.id);
    location.assign(`/workbench/${job.id}?take=1`);
  }

  let wordsTimer: ReturnType<typeof setTimeout> | undefined;
  field.addEventListener('input', () => {
    typed = typeInto(typed, field.value, field.selectionStart, player.seconds * 1000);
    keeper.edit(content());
    names.typed();
    clearTimeout(wordsTimer);
    wordsTimer = setTimeout(() => {
      setText(wordCount, wordsLine());
      transport.shadeUntil(typedUntil(typed.anchors) / 1000);
      turn.show(typed.text);
    }, WORDS_EVERY_MS);
  });
  player.audio.addEventListener('pause', () => {
    if (!stopped) keeper.edit(content());
  });

  // ── keys ──
  document.addEventListener('keydown', onKey, { capture: true });
  function onKey(event: KeyboardEvent): void {
    if (event.target instanceof Element && event.target.closest('dialog')) return;
    const command = typingCommand(event);
    if (command === 'keys') {
      event.preventDefault();
      void showKeys();
    } else if (command && transport.run(command)) event.preventDefault();
    else if (step) step.key(event);
    else if (command) runCommand(command, event);
  }

  function runCommand(command: TypingCommand, event: KeyboardEvent): void {
    if (command === 'insert-name') {
      if (document.activeElement === field && names.insert()) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (command === 'next-name') names.markNext();
    if (command === 'menu') void openMenu();
    if (command === 'save') keeper.saveNow().catch((error: Error) => banner.show(error.message));
    if (command === 'finish') void openReview();
  }
  byId('finish', HTMLButtonElement).addEventListener('click', () => {
    if (step) step.key(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true }));
    else void openReview();
  });
  byId('menu', HTMLButtonElement).addEventListener('click', () => void openMenu());
  byId('keys', HTMLButtonElement).addEventListener('click', () => void showKeys());

  // ── the second step ──
  async function openReview(): Promise<void> {
    if (stopped || step) return;
    if (!typed.text.trim()) {
      banner.show('Nothing is typed yet. To close the job without a transcript, press Ctrl+K.');
      return;
    }
    if (!makesReport(job)) return finishText();
    banner.show('Reading the text: units, codes, values ...', [], 'good');
    // What is typed while waiting would not be in what is reviewed.
    field.readOnly = true;
    try {
      await keeper.saveNow();
      const analysis = await api.analyze(job.id, typed.text, review?.heading.accountId ?? null);
      const fresh = makeReview(typed.text, analysis);
      review = review?.text === typed.text ? review : review ? carryOver(review, fresh) : fresh;
      banner.hide();
      showReview(review);
    } catch (error) {
      banner.show(error instanceof Error ? error.message : 'That did not work. Try again.');
    } finally {
      field.readOnly = stopped;
    }
  }

  function showReview(shown: Review): void {
    player.pause();
    field.hidden = true;
    reviewFrame.hidden = false;
    document.body.dataset.step = 'review';
    setText(byId('finish-label', HTMLElement), 'Finish');
    step = startReview(
      reviewFrame,
      shown,
      typed,
      player,
      { job, vocabulary },
      {
        onChange(next) {
          review = next;
          keeper.edit(content());
        },
        onFinish: (next) => void finish(() => finalizeBody(next, leaseToken, typed.anchors)),
        onBackToText: closeReview,
        onKeys: () => void showKeys(),
        onMenu: () => void openMenu(),
      },
    );
    keeper.edit(content());
  }

  function closeReview(): void {
    step = null;
    reviewFrame.hidden = true;
    field.hidden = false;
    delete document.body.dataset.step;
    setText(byId('finish-label', HTMLElement), 'On to the units');
    field.focus();
  }

  const finishText = createTextFinish({
    banner,
    text: () => typed.text,
    finish: (text) => finish(() => ({ leaseToken, text, anchors: typed.anchors })),
  });

  let isFinishing = false;
  async function finish(body: () => object): Promise<void> {
    if (isFinishing || stopped) return;
    isFinishing = true;
    player.pause();
    banner.show('Finishing ...', [], 'good');
    try {
      await keeper.saveNow();
      const { reference } = await finalizeSurely(api, job.id, body(), () =>
        banner.show('The server does not answer. Trying again ...'),
      );
      await leaveJob();
      banner.show(`${reference} is finished. On to the next job ...`, [], 'good');
      location.assign(await claimNext(api, localStorage));
    } catch (error) {
      isFinishing = false;
      if (error instanceof Refused && error.code === 'lease_lost') return keeper.leaseLost();
      banner.show(error instanceof Error ? error.message : 'That did not work. Try again.', [], 'late');
    }
  }

  /** The server has it for good: nothing is kept here any more. */
  async function leaveJob(): Promise<void> {
    stop();
    turn.end();
    forgetLease(localStorage, job.id);
    await drafts.remove(job.id);
  }

  // ── the rest ──
  async function openMenu(): Promise<void> {
    const aside = drafts.listAside(job.id);
    const command = await askMenu(aside.length);
    if (command === 'keys') await showKeys();
    if (command === 'queue') location.assign('/queue');
    if (command === 'back-step') await transport.askBackStep();
    if (command === 'aside') {
      const chosen = await choose({
        title: 'Put which text in at the cursor?',
        choices: aside.map(({ text, why }) => ({
          value: text,
          label: text.slice(0, 120) || '(empty)',
          note: why,
        })),
      });
      if (chosen?.[0] && !step) insertAtSelection(field, chosen[0]);
    }
    if (command === 'release') {
      const reason = await askReleaseReason();
      if (reason) await giveUp(() => api.release(job.id, leaseToken, reason));
    }
    if (command === 'close') {
      const code = await askCloseCode();
      if (code) await giveUp(() => api.close(job.id, leaseToken, code));
    }
  }

  async function giveUp(act: () => Promise<void>): Promise<void> {
    try {
      await keeper.saveNow();
      await act();
      await leaveJob();
      location.assign('/queue');
    } catch (error) {
      banner.show(error instanceof Error ? error.message : 'That did not work. Try again.', [], 'late');
    }
  }

  const heartbeat = startHeartbeat(
    api,
    job.id,
    () => leaseToken,
    () => keeper.leaseLost(),
  );
  document.addEventListener('keydown', heartbeat.noteActivity, { capture: true });
  player.audio.addEventListener('timeupdate', heartbeat.noteActivity);
  const ticking = setInterval(() => panel.tick(Date.now()), 15_000);
  panel.tick(Date.now());

  function stop(): void {
    stopped = true;
    keeper.stop();
    heartbeat.stop();
    clearInterval(ticking);
  }

  // ── begin ──
  api
    .loadPeaks(job.dictation.peaksUrl)
    .then((peaks) => transport.drawPeaks(peaks))
    .catch(() => banner.show('The waveform could not be loaded. The audio plays all the same.'));
  if (!makesReport(job)) setText(byId('finish-label', HTMLElement), 'Finish');
  showText(typed.text);
  showSaved(keeper.state);
  field.readOnly = false;
  if (recovery.kind === 'merged')
    banner.show(
      'What was typed here was merged with what the server had.',
      [{ label: 'All right', run: banner.hide }],
      'good',
    );
  else if (recovery.kind === 'local')
    banner.show(
      'Your last typing was recovered from this computer.',
      [{ label: 'All right', run: banner.hide }],
      'good',
    );
  if (review && review.text === typed.text) showReview(review);
  else {
    field.focus();
    field.setSelectionRange(typed.text.length, typed.text.length);
  }
  field.scrollTop = field.scrollHeight;
  if (recovery.kind === 'both') {
    // Kept before anybody is asked: a crash during the question must not cost it.
    drafts.setAside(job.id, recovery.local.text, 'on this computer, from before');
    typed = recovery.local;
    void settleConflict(recovery.local.text, server.text);
  }

  return {
    yield() {
      stop();
      field.readOnly = true;
    },
  };
}
