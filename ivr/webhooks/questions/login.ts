import { failuresAt } from '../../flow/login/moves.ts';
import type { LoginQuestion } from '../../flow/login/types.ts';
import { checkPin } from '../../pins/check-pin.ts';
import { pinAttempt } from '../await-pin.ts';
import type { AnswerersOf } from './answer-question.ts';

export const loginAnswers: AnswerersOf<LoginQuestion> = {
  async check_pin(client, { pin }, { call, state, deps, pinRead, now, along }) {
    const outcome = await checkPin(client, along, {
      ...pinAttempt(state, call),
      secret: deps.platform.config.secret,
      pin,
      now,
      failuresInCall: failuresAt(state),
      read: pinRead,
    });
    if (outcome.kind === 'wrong') return { kind: 'pin_wrong' };
    if (outcome.kind === 'slowed') return { kind: 'pin_slowed', waitSeconds: outcome.waitSeconds };
    const { id: speakerId, language, timeZone, keyMap } = outcome.user;
    return { kind: 'pin_right', speaker: { speakerId, language, timeZone, keyMap: keyMap ?? state.keyMap } };
  },
};
