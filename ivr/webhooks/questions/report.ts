import type pg from 'pg';
import { findAccountByNumber } from '../../../transcription/accounts/find-account.ts';
import { lastAccounts } from '../../../transcription/accounts/last-accounts.ts';
import { readBriefing } from '../../../transcription/briefing/read-briefing.ts';
import { noticesToHear } from '../../../transcription/closing/notices.ts';
import { doubtsToHear } from '../../../transcription/doubts/doubts-to-hear.ts';
import { reportsToFlag, settledToHear } from '../../../transcription/reports/flags/flag-by-phone.ts';
import { questionToHear } from '../../../transcription/standing-questions/question-to-hear.ts';
import type { ReplyToHear, ReportQuestion } from '../../flow/report/types.ts';
import type { AnswerersOf, QuestionContext } from './answer-question.ts';
import { unfinishedOf } from './dictating.ts';

export const reportAnswers: AnswerersOf<ReportQuestion> = {
  async find_before(client, _question, context) {
    const { speakerId } = context.state;
    if (speakerId === null) return { kind: 'before_found', replies: [], question: null };
    // Sent together.
    const [replies, question, doubts, unfinished] = await Promise.all([
      messagesFor(client, context),
      questionToHear(client, speakerId),
      doubtsToHear(client, speakerId),
      unfinishedOf(client, context),
    ]);
    return { kind: 'before_found', replies, question, doubts, unfinished };
  },

  async find_messages(client, _question, context) {
    return { kind: 'messages_found', replies: await messagesFor(client, context) };
  },

  async find_reports(client, _question, { state: { speakerId } }) {
    return {
      kind: 'reports_found',
      reports: speakerId === null ? [] : await reportsToFlag(client, speakerId),
    };
  },

  async find_last_accounts(client, _question, { state: { speakerId } }) {
    if (speakerId === null) return { kind: 'accounts_found', accounts: [] };
    return { kind: 'accounts_found', accounts: await lastAccounts(client, speakerId) };
  },

  async find_account(client, { shortNumber }) {
    return { kind: 'account_found', account: await findAccountByNumber(client, shortNumber) };
  },

  async find_briefing(client, { account }, { state: { speakerId: listenerId, language }, now }) {
    if (listenerId === null) return { kind: 'briefing_found', briefing: null };
    const briefing = await readBriefing(client, { account, listenerId, language, now });
    if (briefing === null) return { kind: 'briefing_found', briefing };
    const { sentences, account: told } = briefing;
    return {
      kind: 'briefing_found',
      briefing: { account: told, sentences: sentences.map(({ frame, quote }) => ({ frame, quote })) },
    };
  },
};

/** What others said to the caller: replies, what was marked as wrong and is settled, then what became of dictations that were closed. Sent together. */
async function messagesFor(
  client: pg.ClientBase,
  { deps, state: { speakerId, language } }: QuestionContext,
): Promise<ReplyToHear[]> {
  if (speakerId === null) return [];
  const [replies, notices, settled] = await Promise.all([
    deps.replies.repliesToHear(client, speakerId),
    noticesToHear(client, speakerId, language),
    settledToHear(client, speakerId),
  ]);
  const asSettled = settled.map(({ flagId, about, settlement }) => ({
    replyId: flagId,
    author: '',
    about,
    text: settlement,
    isSettled: true,
  }));
  const asReplies = notices.map(({ noticeId, text, language: spoken }) => ({
    replyId: noticeId,
    author: '',
    about: null,
    text,
    notice: { language: spoken },
  }));
  return [...replies, ...asSettled, ...asReplies];
}
