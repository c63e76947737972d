import type pg from 'pg';
import { findUnfinished, resumeDictation } from '../../../transcription/intake/intake.ts';
import type { DictatingQuestion, UnfinishedDictation } from '../../flow/dictating/types.ts';
import { submit } from '../effects/dictating.ts';
import { endOtherCall } from '../end-other-call.ts';
import type { AnswerersOf, QuestionContext } from './answer-question.ts';

export const dictatingAnswers: AnswerersOf<DictatingQuestion> = {
  async submit_dictation(client, question, { call, along, ...context }) {
    const submitted = submit(client, question, context);
    along(submitted);
    return { kind: 'submitted', reference: call.openReference ?? (await submitted) };
  },
  /** Known with the call: no statement. */
  async where_am_i(_client, { backTo }, { call }) {
    return { kind: 'described', reference: call.openReference, backTo };
  },
  async resume_dictation(client, { dictationId, kindOf, callId }, context) {
    const { state, now } = context;
    if (state.speakerId === null) return { kind: 'gone', dictationId };
    if (callId !== null) await endOtherCall(client, callId, context);
    const resumed = await resumeDictation(client, { dictationId, speakerId: state.speakerId, now });
    if (resumed.kind === 'gone') return { kind: 'gone', dictationId };
    const { reference, about } = resumed;
    if (resumed.kind === 'typed') return { kind: 'typed', dictationId, reference, for: resumed.for, about };
    const { urgent, parts } = resumed;
    const dictation = { dictationId, parts, urgent, about, isContinued: true, isAtSeam: kindOf !== 'held' };
    return { kind: 'reopened', dictation, for: resumed.for };
  },
};

/** What the caller began and did not finish, on this line. One round trip, which others may share. */
export async function unfinishedOf(
  client: pg.ClientBase,
  { state, call, now }: Pick<QuestionContext, 'state' | 'call' | 'now'>,
): Promise<UnfinishedDictation[]> {
  const { speakerId } = state;
  if (speakerId === null) return [];
  const found = await findUnfinished(client, { speakerId, lineId: call.lineId, callId: call.id, now });
  return found.map(({ at, ...unfinished }) => ({ ...unfinished, at: at.toISOString() }));
}
