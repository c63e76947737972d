import type { Banner } from './dialogs/banner.ts';
import { choose } from './dialogs/choose.ts';
import type { JobApi } from './job-api.ts';
import { askCloseCode, askMenu, askReleaseReason } from './job-menu.ts';
import { showKeys } from './keys/keys-sheet.ts';
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
  askBackStep(): Promise<void>;
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

  return {
    hold,
    async open() {
      const aside = drafts.listAside(jobId);
      const command = await askMenu(aside.length, parts.waits());
      if (command === 'keys') await showKeys();
      if (command === 'queue') location.assign('/queue');
      if (command === 'back-step') await parts.askBackStep();
      if (command === 'hold') await hold();
      if (command === 'aside') {
        const chosen = await choose({
          title: 'Put which text in at the cursor?',
          choices: aside.map(({ text, why }) => ({
            value: text,
            label: text.slice(0, 120) || '(empty)',
            note: why,
          })),
        });
        if (chosen?.[0]) parts.insert(chosen[0]);
      }
      if (command === 'release') {
        const reason = await askReleaseReason();
        if (reason) await giveUp(() => api.release(jobId, work.leaseToken, reason));
      }
      if (command === 'close') {
        const code = await askCloseCode();
        if (code) await giveUp(() => api.close(jobId, work.leaseToken, code));
      }
    },
  };
}
