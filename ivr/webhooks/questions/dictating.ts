import type { DictatingQuestion } from '../../flow/dictating/types.ts';
import { submit } from '../effects/dictating.ts';
import type { AnswerersOf } from './answer-question.ts';

export const dictatingAnswers: AnswerersOf<DictatingQuestion> = {
  async submit_dictation(client, { dictationId }, { call, along, ...context }) {
    const submitted = submit(client, dictationId, context);
    along(submitted);
    return { kind: 'submitted', reference: call.openReference ?? (await submitted) };
  },
};
