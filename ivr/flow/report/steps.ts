import type { StepHandler } from '../types.ts';
import { finished, foundMessages } from './finished.ts';
import { hearReply } from './hear-reply.ts';
import type { ReportStep } from './types.ts';

/*
 *   finding_messages  → hear_reply, or where the last reply leads
 *   hear_reply        1 acknowledge, 2 again, else keep → next reply, then recording (or finished)
 *   finished          1 → recording; 2 → finding_messages; # → over; nothing three times → over
 */
export const reportSteps: Readonly<Record<ReportStep, StepHandler>> = {
  finding_messages: foundMessages,
  hear_reply: hearReply,
  finished,
};
