import { csrfToken } from './dom.ts';
import { type BannerAction, createBanner } from './workbench/dialogs/banner.ts';
import { byId, setText } from './workbench/dom.ts';
import { showJobHistory } from './workbench/history/open-history.ts';
import { createJobApi } from './workbench/job-api.ts';
import { createKeys } from './workbench/keys/keys.ts';
import { createPreferences } from './workbench/keys/preferences.ts';
import { createSendPreferences } from './workbench/keys/send-preferences.ts';
import { showKeyLabels } from './workbench/keys/show-labels.ts';
import { openJob } from './workbench/open-job.ts';
import { createDraftDatabase } from './workbench/saving/draft-database.ts';
import { createLocalDrafts } from './workbench/saving/local-drafts.ts';
import { createSession } from './workbench/saving/session.ts';
import { createWindowTurn } from './workbench/saving/window-turn.ts';
import { createSidePanel } from './workbench/side-panel.ts';
import { createTypingApi } from './workbench/text/typing-api.ts';
import type { JobDetail } from './workbench/wire.ts';
import { startWorkbench, type Workbench } from './workbench/workbench.ts';
import '../styles/workbench.css';

const root = byId('workbench', HTMLElement);
const field = byId('text', HTMLTextAreaElement);
const banner = createBanner(byId('banner', HTMLElement));
const jobId = root.dataset.job ?? '';
const userId = root.dataset.user ?? '';
const api = createJobApi(csrfToken);
const preferences = createPreferences({
  fromPage: root.dataset.preferences ?? '',
  userId,
  storage: localStorage,
  send: createSendPreferences(csrfToken),
  events: window,
});
const keys = createKeys(preferences.now.keys);
preferences.follow(() => keys.use(preferences.now.keys));
showKeyLabels(keys, root);
const session = createSession(userId);
const drafts = createLocalDrafts(
  localStorage,
  (message) => banner.show(message),
  createDraftDatabase(),
  ({ text }) => {
    byId('saved', HTMLElement).dataset.onDisk = String(text.length);
  },
);
let workbench: Workbench | null = null;

const turn = createWindowTurn(jobId, {
  onShown(text) {
    field.value = text;
  },
  onLost() {
    workbench?.yield();
    field.readOnly = true;
    setText(byId('saved', HTMLElement), 'Read only');
    root.dataset.ready = 'read';
    banner.show('Another window has taken this job over. This one only follows.', [
      goOn({ force: true, claim: false }),
    ]);
  },
});

/** `force`: take the turn from another window; `claim`: claim the job anew, from another browser of ours. */
interface Wish {
  force: boolean;
  claim: boolean;
}

async function takeOver(wish: Wish): Promise<void> {
  // A page that starts anew can't have anything old in it.
  if (workbench) return location.assign(`${location.pathname}?turn=1`);
  await open(wish);
}

/** Loads the job, finds out whether this window may write, and starts. */
async function open(wish: Wish): Promise<void> {
  banner.hide();
  // Needed in nearly every case, so it comes along with the job.
  const vocabulary = api.loadVocabulary(jobId);
  vocabulary.catch(() => undefined);
  const typingApi = createTypingApi(csrfToken);
  const typingHelp = typingApi.load();
  typingHelp.catch(() => undefined);
  try {
    const local = await drafts.read(jobId);
    const kept = local?.leaseToken ?? null;
    const opened = await openJob(api, jobId, userId, { storage: localStorage, kept, takeOver: wish.claim });
    // Somebody else's now, or done, while this computer has typing that never arrived: it is offered, not dropped.
    const isNotOurs = opened.mode === 'done' || opened.mode === 'somebody';
    if (isNotOurs && local?.unsaved && local.text !== opened.job.draft.text)
      return offerUnsent(opened.job, local.text);
    if (opened.mode === 'done') await drafts.remove(jobId);
    if (opened.mode === 'done') return only(opened.job, 'This job is done.', [toQueue]);
    if (opened.mode === 'somebody')
      return only(opened.job, `${opened.job.claimedBy?.name ?? 'Somebody else'} has this job.`, [toQueue]);
    if (opened.mode === 'elsewhere')
      return only(
        opened.job,
        'You have this job open in another browser. What is typed there is safe; go on here to take it over.',
        [goOn({ force: true, claim: true })],
      );
    if (!(await turn.take(wish.force)))
      return only(opened.job, 'This job is open in another window. This one only follows.', [
        goOn({ force: true, claim: false }),
      ]);
    workbench = await startWorkbench({
      ...opened,
      vocabulary: await vocabulary,
      api,
      drafts,
      turn,
      banner,
      keys,
      session,
      preferences,
      typingApi,
      typingHelp,
    });
    root.dataset.ready = 'write';
  } catch (error) {
    const message = error instanceof Error ? error.message : 'The job could not be opened.';
    banner.show(message, [{ label: 'Try again', run: () => void open(wish) }], 'late');
  }
}

/** Shows the job without a way to write. */
function only(job: JobDetail, message: string, actions: BannerAction[]): void {
  createSidePanel(byId('side', HTMLElement), job, keys, () => {}).tick(Date.now());
  field.value = job.draft.text;
  field.readOnly = true;
  setText(byId('saved', HTMLElement), 'Read only');
  const past = { label: 'History', run: () => void showJobHistory(api, banner, job.id, job.draft.text) };
  banner.show(message, [...actions, past]);
  root.dataset.ready = 'read';
  if (asked.has('history')) past.run();
}

function offerUnsent(job: JobDetail, text: string): void {
  const holder = job.claimedBy ? `${job.claimedBy.name} has this job now.` : 'This job is done.';
  only(job, `${holder} The text below was typed here and never reached the server.`, [
    { label: 'Copy it', run: () => void navigator.clipboard.writeText(text) },
    { label: 'Throw it away', run: () => void drafts.remove(jobId).then(() => location.assign('/queue')) },
    toQueue,
  ]);
  field.value = text;
}

function goOn(wish: Wish): BannerAction {
  return { label: 'Go on here', run: () => void takeOver(wish) };
}

const toQueue = { label: 'To the queue', run: () => location.assign('/queue') };

setText(byId('saved', HTMLElement), 'Opening');
const asked = new URLSearchParams(location.search);
history.replaceState(null, '', location.pathname);
void open({ force: asked.has('turn') || asked.has('take'), claim: asked.has('take') });
