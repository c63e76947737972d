import { csrfToken } from '../dom.ts';
import { createQueueApi } from '../queue/queue-api.ts';
import { readDue } from '../queue/read-due.ts';
import { ask } from './dialogs/ask.ts';
import type { Banner } from './dialogs/banner.ts';
import { type Choice, choose } from './dialogs/choose.ts';
import type { JobApi } from './job-api.ts';
import {
  askCloseCode,
  askLanguage,
  askMenu,
  askReleaseReason,
  type MenuItem,
  OTHER_LANGUAGE,
} from './job-menu.ts';
import type { LocalDrafts } from './saving/local-drafts.ts';
import type { JobDetail } from './wire.ts';
import { leaving, type Work } from './work.ts';

/** Ways out of a job other than finishing it, and the menu in which they stand. */
export interface JobMenu {
  open(): Promise<void>;
  hold(): Promise<void>;
}

export interface JobMenuParts {
  jobId: string;
  api: JobApi;
  drafts: LocalDrafts;
  banner: Banner;
  work: Work;
  field: HTMLTextAreaElement;
  saveNow(): Promise<void>;
  leaveJob(): Promise<void>;
  /** What other parts of the workbench offer here, below the ways out of the job. */
  items(): readonly MenuItem[];
  /** Puts a text that was set aside in at the cursor. */
  insert(text: string): void;
  /** Whether the speaker has been asked about something. */
  waits(): boolean;
  /** What whoever had it before wants to be read, and what it goes on with. */
  job?: Pick<JobDetail, 'handover' | 'continues'>;
}

export function createJobMenu(parts: JobMenuParts): JobMenu {
  const { jobId, api, drafts, banner, work } = parts;
  // The page's token is another one after signing in again.
  const queue = () => createQueueApi(csrfToken());
  if (parts.job) tellOnOpening(parts.job, banner);

  async function giveUp(act: () => Promise<void>): Promise<void> {
    try {
      await leaving(work, parts.field, async () => {
        await parts.saveNow();
        await act();
        await parts.leaveJob();
        location.assign('/queue');
      });
    } catch (error) {
      tell(error);
    }
  }

  function tell(error: unknown): void {
    banner.show(error instanceof Error ? error.message : 'That did not work. Try again.', [], 'late');
  }

  const hold = () => giveUp(() => api.hold(jobId, work.leaseToken));

  async function release(): Promise<void> {
    const reason = await askReleaseReason();
    if (!reason) return;
    if (reason !== OTHER_LANGUAGE) return giveUp(() => api.release(jobId, work.leaseToken, reason));
    const language = await askLanguage();
    if (language)
      await giveUp(() =>
        queue().releaseIn(jobId, work.leaseToken, language.code, `It is in ${language.name}`),
      );
  }

  async function handOver(): Promise<void> {
    const people = await queue().whoMayTake(jobId);
    const chosen = await choose({
      title: 'Hand over to whom?',
      choices: people.map(
        (person): Choice<string> => ({
          value: person.id,
          label: person.name,
          note: person.atWork ? 'At work' : 'Not at work',
        }),
      ),
    });
    const toUserId = chosen?.[0];
    if (!toUserId) return;
    const answers = await ask('A note for them', [
      { name: 'note', label: 'Note', kind: 'text', value: '', required: true },
    ]);
    if (answers === null || answers === 'remove') return;
    await giveUp(() => queue().handOver(jobId, work.leaseToken, toUserId, answers.note ?? ''));
  }

  async function holdUntil(): Promise<void> {
    const answers = await ask('Put on hold', [
      {
        name: 'until',
        label: 'Until (16:30, or minutes from now)',
        kind: 'text',
        value: '60',
        required: true,
      },
      { name: 'reason', label: 'Why', kind: 'text', value: '', required: true },
    ]);
    if (answers === null || answers === 'remove') return;
    const until = readDue(answers.until ?? '', new Date());
    if (!until) return banner.show('That is no time. Write 16:30, or minutes from now.', [], 'late');
    await giveUp(() => queue().holdUntil(jobId, work.leaseToken, until, answers.reason ?? ''));
  }

  async function close(): Promise<void> {
    const code = await askCloseCode();
    if (!code) return;
    if (code !== 'continuation') return giveUp(() => api.close(jobId, work.leaseToken, code));
    const answers = await ask('Which dictation does it go on with?', [
      { name: 'reference', label: 'Its number, seven digits', kind: 'text', value: '', required: true },
    ]);
    if (answers !== null && answers !== 'remove') await closeAsContinuation(answers.reference ?? '');
  }

  async function closeAsContinuation(reference: string): Promise<void> {
    try {
      await parts.saveNow();
      const became = await queue().closeAs(jobId, work.leaseToken, 'continuation', reference.trim());
      if (became === 'linked') {
        banner.show(
          `Report ${reference} is final. This stays with you as a report of its own, linked to that one: type what it adds.`,
        );
        return;
      }
      await parts.leaveJob();
      location.assign('/queue');
    } catch (error) {
      tell(error);
    }
  }

  async function insertAside(): Promise<void> {
    const chosen = await choose({
      title: 'Put which text in at the cursor?',
      choices: drafts.listAside(jobId).map(({ text, why }) => ({
        value: text,
        label: text.slice(0, 120) || '(empty)',
        note: why,
      })),
    });
    if (chosen?.[0]) parts.insert(chosen[0]);
  }

  function waysOut(): MenuItem[] {
    const items: MenuItem[] = [
      {
        label: 'Release',
        note: 'Back to the queue, with a reason; the draft stays with the job',
        run: release,
      },
      {
        label: 'Hand over to a person',
        note: 'With a note; it is their next job, and comes back to all after a while',
        run: () => handOver().catch(tell),
      },
      {
        label: 'Put on hold until an hour',
        note: 'It comes back to whoever is free then; the draft stays with the job',
        run: holdUntil,
      },
      {
        label: 'Close without a transcript',
        note: 'Caller hung up, continuation, not a report, foreign language, test; the caller is told',
        run: close,
      },
    ];
    if (parts.waits()) {
      const note = 'Until the speaker has answered; then it goes to whoever is free';
      items.splice(1, 0, { label: 'Put on hold until the speaker answers', note, run: hold });
    }
    return items;
  }

  function texts(): MenuItem[] {
    const { length } = drafts.listAside(jobId);
    const label = `Texts put aside (${length})`;
    return length === 0 ? [] : [{ label, note: 'Versions that were not chosen', run: insertAside }];
  }

  return {
    hold,
    open: () =>
      askMenu([
        ...waysOut(),
        ...parts.items(),
        ...texts(),
        { label: 'To the queue', note: 'The job stays yours', run: () => location.assign('/queue') },
      ]),
  };
}

/** Said once, above the text. */
function tellOnOpening(
  { handover, continues }: Pick<JobDetail, 'handover' | 'continues'>,
  banner: Banner,
): void {
  if (handover) banner.show(`${handover.by || 'Somebody'} handed this over: ${handover.note}`);
  else if (continues)
    banner.show(`This goes on from report ${continues.reference}, whose text is final. Type what it adds.`);
}
