import { randomUUID } from 'node:crypto';
import { InvalidInput } from '../../platform/errors.ts';
import { newId } from '../../platform/new-id.ts';
import { parsePhoneSettings } from '../../transcription/intake/phone-settings.ts';
import type { CallDeps } from '../deps.ts';
import { beginCall } from '../flow/call-flow.ts';
import type { LinePurpose } from '../flow/types.ts';
import { readLineVoice } from '../prompts/line-voice.ts';
import { speakingTo } from '../prompts/speaking.ts';
import { renderAnswer } from '../twiml/render-answer.ts';
import { renderGoodbye } from '../twiml/render-trouble.ts';
import { awaitPin } from './await-pin.ts';
import { findFirstAnswer, findLine, insertCall } from './call-rows.ts';
import { type Form, fieldOf } from './form.ts';
import { freshIds } from './fresh-ids.ts';
import { carrierKey, keyedHash } from './keyed-hash.ts';
import { noteRespondent } from './note-respondent.ts';
import { readPhoneNumber } from './phone-number.ts';

/** Whether calls are taken; of other callers nothing is kept. */
function isOpen({ purpose, surveyId }: { purpose: LinePurpose; surveyId: string | null }): boolean {
  return purpose !== 'survey' || surveyId !== null;
}

/** The caller's carrier knows the caller and vouches for the number, and its signature was right. */
const PROVEN = 'TN-Validation-Passed-A';

/**
 * A call comes in; the number called decides which line answers. Delivered twice it gets the same answer.
 *
 * Of callers on survey lines neither number nor the carrier's id of the call is kept.
 *
 * @throws InvalidInput when the request names no call
 */
export async function answerCall(deps: CallDeps, form: Form): Promise<string> {
  const { recorded } = deps;
  const { config, database, clock } = deps.platform;
  const now = clock.now();
  const carrierCallId = fieldOf(form, 'CallSid');
  if (!carrierCallId) throw new InvalidInput('A call without CallSid');
  const fromNumber = readPhoneNumber(fieldOf(form, 'From'));
  const to = readPhoneNumber(fieldOf(form, 'To')) ?? '';
  const key = carrierKey(config.secret, carrierCallId);
  const line = await findLine(database.pool, { to, from: fromNumber, key });
  const voice = readLineVoice(line?.settings);
  const speaking = speakingTo({ language: line?.language ?? '', voice, now }, recorded);
  if (line === undefined) return renderGoodbye({ speaking, urls: deps.urls }, 'no_such_line');
  if (!isOpen(line)) return renderGoodbye({ speaking, urls: deps.urls }, 'line_not_open');
  if (line.firstAnswer !== null) return line.firstAnswer;

  const { purpose } = line;
  const isAnonymous = purpose === 'survey';
  const {
    state: begun,
    prompts,
    next,
  } = beginCall(
    { ...line, voice, ...parsePhoneSettings(line.companySettings) },
    {
      phoneOwnerId: isAnonymous ? null : line.phoneOwnerId,
      callerIsProven: fieldOf(form, 'StirVerstat') === PROVEN,
      fresh: freshIds(purpose),
    },
  );
  if (next.kind === 'ask') throw new Error('A call cannot begin with a question to the database');
  const callId = isAnonymous ? randomUUID() : newId();
  const caller = { lineId: line.id, fromNumber: isAnonymous ? null : fromNumber };
  const noted = noteRespondent(begun, config.secret, { fromNumber, now });
  const { state, urls } = awaitPin({ state: noted, urls: deps.urls }, config.secret, caller);
  const response = renderAnswer({ prompts, next }, { speaking, urls, address: { callId, step: 1 } });
  const isNew = await insertCall(database.pool, {
    callId,
    carrierKey: key,
    carrierCallId: isAnonymous ? null : carrierCallId,
    lineId: line.id,
    fromNumber: caller.fromNumber,
    state,
    now,
    fingerprint: keyedHash(config.secret, 'step', carrierCallId),
    response,
  });
  return isNew ? response : ((await findFirstAnswer(database.pool, key)) ?? response);
}
