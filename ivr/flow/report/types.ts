import type { SpokenAccount } from '../../../transcription/accounts/find-account.ts';
import type { Briefing } from '../../../transcription/briefing/compose-briefing.ts';
import type { DoubtToHear } from '../../../transcription/doubts/doubts-to-hear.ts';
import type { ReportToFlag, WrongThing } from '../../../transcription/reports/flags/flag-by-phone.ts';
import type { QuestionToHear } from '../../../transcription/standing-questions/question-to-hear.ts';

import type { UnfinishedDictation } from '../dictating/types.ts';

/** Around a report. The second line is never stored: it lasts while a question of the flow is being answered. */
export type ReportStep =
  | 'hear_doubt'
  | 'answer_doubt'
  | 'hear_reply'
  | 'hear_question'
  | 'finished'
  | 'choose_account'
  | 'flag_which'
  | 'flag_what'
  | 'finding_reports'
  | 'confirm_account'
  | 'briefing'
  | 'briefed'
  | 'finding_before'
  | 'finding_messages'
  | 'finding_account'
  | 'finding_briefing';

/** What a manager answered to an earlier report of the caller. */
export interface ReplyToHear {
  replyId: string;
  /** Who answered. */
  author: string;
  /** The account, or null when the report names none. */
  about: string | null;
  text: string;
  /** It is no reply: what became of a dictation that was closed. `replyId` is then the notice's. */
  notice?: { language: string };
  /** It is no reply: what the caller marked as wrong is settled. `replyId` is then the flag's. */
  isSettled?: boolean;
}

/** Why the caller chooses an account. */
export type ChoosingFor = 'report' | 'briefing';

export interface ReportState {
  /** Passages to say again; the first one is being asked about. Missing in calls of an earlier version. */
  doubts?: DoubtToHear[];
  /** The first one is being read. */
  replies: ReplyToHear[];
  /** What the office asks in this call; null: nothing, or it has been asked. */
  question: QuestionToHear | null;
  /** Where the last of all that leads. */
  afterReplies: 'record' | 'menu';
  /** `accounts`: those that a single key stands for, 1 the first. `chosen`: told to the caller, not confirmed yet. */
  choosing: { for: ChoosingFor; accounts: SpokenAccount[]; chosen: SpokenAccount | null } | null;
  /** What can be marked as wrong, and the mark that was made; missing while nothing is. */
  flagging?: { reports: ReportToFlag[]; flagId: string | null } | null;
  /** What is being told, and which of its sentences, from 0. */
  briefing: { told: ToldBriefing; place: number } | null;
}

/** As much of a briefing as is spoken. */
export interface ToldBriefing {
  account: SpokenAccount;
  sentences: Pick<Briefing['sentences'][number], 'frame' | 'quote'>[];
}

export type ReportInput =
  | {
      kind: 'before_found';
      replies: ReplyToHear[];
      question: QuestionToHear | null;
      doubts?: DoubtToHear[];
      unfinished?: UnfinishedDictation[];
    }
  | { kind: 'messages_found'; replies: ReplyToHear[] }
  | { kind: 'reports_found'; reports: ReportToFlag[] }
  | { kind: 'accounts_found'; accounts: SpokenAccount[] }
  /** Null: there is none of that number. */
  | { kind: 'account_found'; account: SpokenAccount | null }
  | { kind: 'briefing_found'; briefing: ToldBriefing | null };

export type ReportEffect =
  | { kind: 'acknowledge_reply'; replyId: string }
  | { kind: 'acknowledge_notice'; noticeId: string }
  | { kind: 'acknowledge_settled'; flagId: string }
  | { kind: 'flag_report'; flagId: string; reportId: string }
  | { kind: 'say_what_is_wrong'; flagId: string; what: WrongThing }
  | { kind: 'unflag_report'; flagId: string }
  | { kind: 'question_heard'; questionId: string }
  /** The caller doesn't know any more. */
  | { kind: 'give_up_doubt'; doubtId: string };

export type ReportQuestion =
  /** All that comes before dictating, in one round trip. */
  | { kind: 'find_before' }
  | { kind: 'find_messages' }
  | { kind: 'find_reports' }
  | { kind: 'find_last_accounts' }
  | { kind: 'find_account'; shortNumber: string }
  | { kind: 'find_briefing'; account: { accountId: string } | { shortNumber: string } };
