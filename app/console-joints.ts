import { KEY_MAPS } from '../ivr/flow/dictating/key-maps.ts';
import { listAttempts, unlockAttempts } from '../ivr/pins/attempts.ts';
import { PROMPT_SETS } from '../ivr/prompts/languages.ts';
import { listPrompts } from '../ivr/prompts/recorded/list-prompts.ts';
import { recordPrompt, removeRecordedPrompt } from '../ivr/prompts/recorded/write-prompt-audio.ts';
import type { Platform } from '../platform/platform.ts';
import type { ConsoleDependencies } from '../review-console/register-console.ts';
import { applyDraft, undoVersion } from '../transcription/codebook/apply-draft.ts';
import { settleDispute } from '../transcription/coding/double/settle-dispute.ts';
import { correctTranscript } from '../transcription/reports/correct-transcript.ts';
import { correctInput } from '../transcription/reports/finalize-schema.ts';
import { previewCorrection } from '../transcription/reports/plan-corrected.ts';
import { createFinalizeHooks } from './finalize-hooks.ts';
import { createLine, updateLine } from './lines/write-line.ts';
import { issuePinTo } from './people/issue-pin.ts';
import { createUser, updateUser } from './people/write-user.ts';
import { recodeHooks } from './recode-hooks.ts';

/** The services behind People and Lines, which the screens share with the API and the command line, and behind Prompts. */
export function createConsoleJoints(
  platform: Platform,
): Pick<
  ConsoleDependencies,
  'people' | 'lines' | 'attempts' | 'coding' | 'corrections' | 'codebook' | 'prompts' | 'keyMaps'
> {
  return {
    people: {
      create: (input, actorId) => createUser(platform, input, actorId),
      update: (userId, change, actorId) => updateUser(platform, userId, change, actorId),
      issuePin: (userId, actorId) => issuePinTo(platform, userId, actorId),
    },
    lines: {
      create: (input, actorId) => createLine(platform, input, actorId),
      update: (lineId, change, actorId) => updateLine(platform, lineId, change, actorId),
    },
    attempts: {
      list: () => listAttempts(platform),
      unlock: (key, actorId) => unlockAttempts(platform, key, actorId),
    },
    codebook: {
      apply: (input) => applyDraft(platform, recodeHooks, input),
      undo: (input) => undoVersion(platform, recodeHooks, input),
    },
    corrections: {
      correct: ({ reportId, userId, text, version }) =>
        correctTranscript(platform, createFinalizeHooks(platform), {
          ...correctInput.parse({ text, version }),
          reportId,
          userId,
        }),
      preview: (correction) => previewCorrection(platform, correction),
    },
    coding: { settle: (input) => settleDispute(platform, createFinalizeHooks(platform), input) },
    keyMaps: Object.entries(KEY_MAPS).map(([name, { recording, paused, confirm }]) => ({
      name,
      recording: Object.entries(recording).map(([key, command]) => ({ key, command })),
      paused: paused.map(([key, command]) => ({ key, command })),
      confirm,
    })),
    prompts: {
      languages: PROMPT_SETS.map(({ language, name, voices }) => ({ code: language, name, voices })),
      list: (language) => listPrompts(platform, language),
      record: (words) => recordPrompt(platform, words),
      remove: (words) => removeRecordedPrompt(platform, words),
    },
  };
}
