import type { Banner } from './dialogs/banner.ts';
import { choose } from './dialogs/choose.ts';
import type { JobApi } from './job-api.ts';
import { askCloseCode, askMenu, askReleaseReason, type MenuItem } from './job-menu.ts';
import type { LocalDrafts } from './saving/local-drafts.ts';
import type { Work } from './work.ts';

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
  saveNow(): Promise<void>;
  leaveJob(): Promise<void>;
  /** What other parts of the workbench offer here, below the ways out of the job. */
  items(): readonly MenuItem[];
  /** Puts a text that was set aside in at the cursor. */
  insert(text: string): void;
  /** Whether the speaker has been asked about something. */
  waits(): boolean;
}

export function createJobMenu(parts: JobMenuParts): JobMenu {
  const { jobId, api, drafts, banner, work } = parts;

  async function giveUp(act: () => Promise<void>): Promise<void> {
    try {
      await parts.saveNow();
      await act();
      await parts.leaveJob();
      location.assign('/queue');
    } catch (error) {
      banner.show(error instanceof Error ? error.message : 'That did not work. Try again.', [], 'late');
    }
  }

  const hold = () => giveUp(() => api.hold(jobId, work.leaseToken));

  async function release(): Promise<void> {
    const reason = await askReleaseReason();
    if (reason) await giveUp(() => api.release(jobId, work.leaseToken, reason));
  }

  async function close(): Promise<void> {
    const code = await askCloseCode();
    if (code) await giveUp(() => api.close(jobId, work.leaseToken, code));
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
        label: 'Close without a transcript',
        note: 'Caller hung up, not a report, foreign language, test',
        run: close,
      },
    ];
    if (parts.waits()) {
      const note = 'Until the speaker has answered; then it goes to whoever is free';
      items.splice(1, 0, { label: 'Put on hold', note, run: hold });
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
