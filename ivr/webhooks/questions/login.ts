import { failuresAt } from '../../flow/login/moves.ts';
import type { LoginQuestion } from '../../flow/login/types.ts';
import { checkNewPin, saveNewPin } from '../../pins/change-pin.ts';
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
    const speaker = {
      speakerId,
      language: language ?? state.language,
      timeZone,
      keyMap: keyMap ?? state.keyMap,
    };
    return { kind: 'pin_right', speaker, mustChange: outcome.user.mustChange };
  },
  async check_new_pin(client, { pin }, { state, deps }) {
    if (state.speakerId === null) return { kind: 'pin_not_saved' };
    return checkNewPin(client, { secret: deps.platform.config.secret, userId: state.speakerId, pin });
  },
  async save_new_pin(client, { pin, chosen }, { state, deps, now }) {
    if (state.speakerId === null) return { kind: 'pin_not_saved' };
    const { secret } = deps.platform.config;
    return saveNewPin(client, { secret, userId: state.speakerId, pin, chosen, now });
  },
};
