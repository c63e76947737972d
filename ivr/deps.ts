import type pg from 'pg';
import type { Platform } from '../platform/platform.ts';
import type { ReplyToHear } from './flow/report/types.ts';
import type { RecordedPrompts } from './prompts/recorded/prompt-book.ts';
import type { IvrUrls } from './urls.ts';
import type { Waker } from './webhooks/wakes.ts';

/** What of the platform the phone needs. */
export type IvrPlatform = Pick<
  Platform,
  'config' | 'log' | 'clock' | 'database' | 'metrics' | 'queues' | 'objects' | 'events'
>;

/** What others do for the phone; joined by the process entry. */
export interface Replies {
  /** Replies to this person's reports that were never acknowledged, oldest first. */
  repliesToHear(client: pg.ClientBase, userId: string): Promise<ReplyToHear[]>;
  /** Done twice it changes nothing. */
  acknowledgeReply(client: pg.ClientBase, heard: { replyId: string; userId: string }): Promise<unknown>;
}

/** What the services behind the webhooks take. */
export interface CallDeps {
  platform: IvrPlatform;
  urls: IvrUrls;
  replies: Replies;
  waker: Waker;
  recorded: RecordedPrompts;
}
