const FOLDER = 'prompts/';

/** Where the audio of a recorded prompt lies. Each upload has an id of its own, so what lies there never changes. */
export function audioKeyOf(id: string): string {
  return `${FOLDER}${id}.wav`;
}

/** All keys of recorded prompts begin with it. */
export const AUDIO_PREFIX = FOLDER;

/** The id in a key; null when it is another's key. */
export function idOfAudioKey(key: string): string | null {
  return /^prompts\/([0-9a-f-]{36})\.wav$/.exec(key)?.[1] ?? null;
}
