import type { JobApi, SaveBase } from '../job-api.ts';
import {
  type Autosave,
  type AutosaveEvent,
  type Content,
  isUnsaved,
  type ServerDraft,
  startAutosave,
  stepAutosave,
} from './autosave.ts';
import type { LocalDrafts } from './local-drafts.ts';

/** Joins the autosave state machine with the clock, the network and this computer's storage. */
export interface DraftKeeper {
  readonly state: Autosave;
  edit(content: Content): void;
  /** Resolves when the server has everything, or rejects with what stands in the way. */
  saveNow(): Promise<void>;
  resolve(content: Content): void;
  /** Goes on after a lost lease, with a new one; a draft that somebody saved meanwhile shows as a conflict. */
  regain(leaseToken: string): void;
  leaseLost(): void;
  /** Stops sending: the job is finished, released, or written elsewhere. Local text stays. */
  stop(): void;
}

export interface DraftKeeperOptions {
  jobId: string;
  leaseToken: string;
  api: JobApi;
  drafts: LocalDrafts;
  server: ServerDraft;
  /** What to go on with: the server's, or newer from this computer. */
  content: Content;
  onChange(state: Autosave): void;
  /** The server refuses the text itself (too long, malformed); it stays on this computer. */
  onRefused(message: string): void;
  /** The session has ended; resolves when there is one again. Until then nothing is sent. */
  signInAgain(): Promise<void>;
}

const baseOf = ({ revision, baseText: text, baseAnchors: anchors }: Autosave): SaveBase => ({
  revision,
  text,
  anchors,
});

const REFUSED_WAIT_MS = 10_000;

export function createDraftKeeper(options: DraftKeeperOptions): DraftKeeper {
  const { jobId, api, drafts } = options;
  let leaseToken = options.leaseToken;
  // Not the computer's own time: that jumps.
  const now = () => performance.now();
  let state = startAutosave(options.server, options.content, now());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let isSignedOut = false;
  let isNewSession = false;
  let waiting: { resolve(): void; reject(reason: Error): void }[] = [];

  function apply(event: AutosaveEvent): void {
    const before = state;
    state = stepAutosave(state, event, now());
    if (state === before) return;
    keepLocally();
    options.onChange(state);
    // Sending itself is no news: who waits wants to know how it ended.
    if (event.type !== 'flush' && event.type !== 'due' && event.type !== 'edited') answerWaiting();
    schedule();
  }

  function keepLocally(): void {
    const { content, revision, baseText, sent, unanswered } = state;
    drafts.write(jobId, {
      ...content,
      leaseToken,
      revision,
      baseText,
      unanswered: sent ? [...unanswered, sent.text] : unanswered,
      unsaved: isUnsaved(state),
      savedAtMs: Date.now(),
    });
  }

  function answerWaiting(): void {
    if (waiting.length === 0) return;
    const problem =
      state.phase === 'conflict'
        ? 'The text was changed elsewhere. Choose which one to go on with.'
        : state.phase === 'lost'
          ? 'This job is no longer yours. Your text is kept on this computer.'
          : state.phase === 'offline'
            ? 'The server is not reachable. Your text is kept on this computer and sent as soon as it is.'
            : null;
    if (!problem && state.phase !== 'idle') return;
    const answered = waiting;
    waiting = [];
    for (const { resolve, reject } of answered) problem ? reject(new Error(problem)) : resolve();
  }

  function schedule(): void {
    clearTimeout(timer);
    if (stopped || isSignedOut || state.sendAtMs === null) return;
    timer = setTimeout(() => void send(), Math.max(0, state.sendAtMs - now()));
  }

  async function send(): Promise<void> {
    if (stopped || isSignedOut) return;
    const before = state;
    apply({ type: 'due' });
    if (state === before) return schedule();
    const { sent } = state;
    if (!sent) return;
    const answer = await api.save(jobId, leaseToken, baseOf(state), sent);
    if (stopped) return;
    switch (answer.kind) {
      case 'saved':
        isNewSession = false;
        return apply({ type: 'accepted', revision: answer.revision });
      case 'conflict':
        return apply({ type: 'conflicted', theirs: answer.draft });
      case 'lease-lost':
        return apply({ type: 'lease-lost' });
      case 'unreachable':
        return apply({ type: 'failed' });
      case 'signed-out':
        apply({ type: 'failed' });
        // Signed in, and still not allowed: asking again and again would not help.
        if (isNewSession) return refused('You may not work on this job any more.');
        isSignedOut = true;
        await options.signInAgain();
        isSignedOut = false;
        isNewSession = true;
        return apply({ type: 'online' });
      case 'refused':
        apply({ type: 'failed' });
        return refused(answer.message);
    }
  }

  function refused(message: string): void {
    options.onRefused(message);
    state = { ...state, sendAtMs: now() + REFUSED_WAIT_MS };
    schedule();
  }

  const onOnline = () => apply({ type: 'online' });
  const onHide = () => {
    if (!stopped && isUnsaved(state) && state.phase !== 'lost' && state.phase !== 'conflict') {
      api.saveAndLeave(jobId, leaseToken, baseOf(state), state.content);
      apply({ type: 'left' });
    }
    keepLocally();
    drafts.flush();
  };
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') apply({ type: 'flush' });
  };
  window.addEventListener('online', onOnline);
  window.addEventListener('pagehide', onHide);
  document.addEventListener('visibilitychange', onVisibility);
  keepLocally();
  schedule();

  return {
    get state() {
      return state;
    },
    edit: (content) => apply({ type: 'edited', content }),
    saveNow: () =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        apply({ type: 'flush' });
        if (state.phase === 'idle' || state.phase === 'conflict' || state.phase === 'lost') answerWaiting();
      }),
    resolve: (content) => apply({ type: 'resolved', content }),
    regain(token) {
      leaseToken = token;
      apply({ type: 'lease-regained' });
    },
    leaseLost: () => apply({ type: 'lease-lost' }),
    stop() {
      stopped = true;
      clearTimeout(timer);
      window.removeEventListener('online', onOnline);
      window.removeEventListener('pagehide', onHide);
      document.removeEventListener('visibilitychange', onVisibility);
    },
  };
}
