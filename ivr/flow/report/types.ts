/** Around a report. `finding_messages` is never stored: it lasts while a question of the flow is being answered. */
export type ReportStep = 'finding_messages' | 'hear_reply' | 'finished';

/** What a manager answered to an earlier report of the caller. */
export interface ReplyToHear {
  replyId: string;
  /** Who answered. */
  author: string;
  /** The account, or null when the report names none. */
  about: string | null;
  text: string;
}

export interface ReportState {
  /** The first one is being read. */
  replies: ReplyToHear[];
  /** Where the last reply leads. */
  afterReplies: 'record' | 'menu';
}

export type ReportInput = { kind: 'messages_found'; replies: ReplyToHear[] };
export type ReportEffect = { kind: 'acknowledge_reply'; replyId: string };
export type ReportQuestion = { kind: 'find_messages' };
