import type { Refusal } from './read-prompt-audio.ts';

/** Why a file was not taken and what to do, for the person who chose it. */
export const REFUSALS: Readonly<Record<Refusal, string>> = {
  empty: 'The file is empty. Choose another one.',
  unreadable: 'This can’t be read as WAV or MP3. Save the recording as one of them and choose it again.',
  too_large: 'The file is larger than a minute of sound can be. Choose the recording of these words only.',
  cut_off: 'The file ends before its sound does. Copy or save it again, then choose it again.',
  wrong_rate: 'The sample rate must be between 8 and 48 kHz. Save the recording with 44.1 or 48 kHz.',
  too_long: 'A prompt has a minute at most. Choose the recording of these words only.',
  too_short: 'There is hardly anything in it. Choose a recording of these words.',
  silent: 'Nothing can be heard in it. Check the microphone, record the words and choose that file.',
};
