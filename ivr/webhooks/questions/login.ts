import type { LoginQuestion } from '../../flow/login/types.ts';
import { checkPin } from '../../pins/check-pin.ts';
import type { AnswerersOf } from './answer-question.ts';

export const loginAnswers: AnswerersOf<LoginQuestion> = {
  async check_pin(client, { pin }, { call, state, deps, now }) {
    const outcome = await checkPin(client, {
      secret: deps.platform.config.secret,
      lineId: call.lineId,
      fromNumber: call.fromNumber,
      phoneOwnerId: state.phoneOwnerId,
      shortNumber: state.shortNumber ?? '',
      pin,
      now,
    });
    if (outcome.kind === 'wrong') return { kind: 'pin_wrong' };
    if (outcome.kind === 'slowed') return { kind: 'pin_slowed', waitSeconds: outcome.waitSeconds };
    const { userId: speakerId, language, keyMap } = outcome;
    return { kind: 'pin_right', speaker: { speakerId, language, keyMap: keyMap ?? state.keyMap } };
  },
};
