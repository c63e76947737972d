import type { StepHandler } from '../types.ts';
import { foundBefore } from './begin.ts';
import { briefed, briefing } from './briefing.ts';
import { chooseAccount, confirmAccount, foundAccount, foundBriefing } from './choose-account.ts';
import { answerDoubt, hearDoubt } from './doubts.ts';
import { finished, foundMessages } from './finished.ts';
import { flagWhat, flagWhich, foundReports } from './flag-report.ts';
import { hearQuestion } from './hear-question.ts';
import { hearReply } from './hear-reply.ts';
import type { ReportStep } from './types.ts';

/*
 *   finding_before    → the first station of begin.ts
 *   hear_doubt        1, speech or silence → answer_doubt; 2 later, 3 given up, # none now → next station; * again
 *   answer_doubt      # or silence: sent → next station; * → hear_doubt
 *   hear_reply        1 or silence: heard, 2 again, # or speech: record, else keep → next station
 *   hear_question     anything: heard → next station; speech → recording
 *   finished          1 → recording; 2 → finding_messages; 3, 4 → choose_account; 5 → finding_reports; 9 → choose_pin
 *                     # → over
 *                     nothing three times → over
 *   finding_messages  → hear_reply or finished
 *   finding_reports   → flag_which or finished
 *   flag_which        a key of a report: marked → flag_what; 0, *, # → finished
 *   flag_what         1 to 4: what is wrong → finished; * taken back → flag_which
 *   choose_account    a key or a number → finding_account, finding_briefing, confirm_account; 0 → finished
 *   finding_account   → confirm_account; no such number → choose_account
 *   confirm_account   * → choose_account; else → recording
 *   finding_briefing  → briefing; no such number → choose_account
 *   briefing          forward, back, again; 1 → recording; 3 → choose_account; * → finished; the end → briefed
 *   briefed           the same; nothing three times → over
 */
export const reportSteps: Readonly<Record<ReportStep, StepHandler>> = {
  finding_before: foundBefore,
  hear_doubt: hearDoubt,
  answer_doubt: answerDoubt,
  hear_reply: hearReply,
  hear_question: hearQuestion,
  finished,
  finding_messages: foundMessages,
  finding_reports: foundReports,
  flag_which: flagWhich,
  flag_what: flagWhat,
  choose_account: chooseAccount,
  finding_account: foundAccount,
  confirm_account: confirmAccount,
  finding_briefing: foundBriefing,
  briefing,
  briefed,
};
