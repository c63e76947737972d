/** A voice of the carrier, as it names it. */
export interface Voice {
  id: string;
  /** For the person who chooses. */
  label: string;
}

/**
 * The voices that a line may have, by language; the first is spoken unless another was chosen. Of the carrier's many
 * only those that keep pauses within a sentence; neural ones sound better and cost more.
 */
export const VOICES = {
  'en-US': [
    { id: 'Polly.Joanna', label: 'Joanna' },
    { id: 'Polly.Matthew', label: 'Matthew' },
    { id: 'Polly.Joanna-Neural', label: 'Joanna, neural' },
    { id: 'Polly.Matthew-Neural', label: 'Matthew, neural' },
    { id: 'Polly.Danielle-Neural', label: 'Danielle, neural' },
    { id: 'Polly.Ruth-Neural', label: 'Ruth, neural' },
    { id: 'Polly.Stephen-Neural', label: 'Stephen, neural' },
    { id: 'Google.en-US-Neural2-F', label: 'Google F, neural' },
    { id: 'Google.en-US-Neural2-J', label: 'Google J, neural' },
  ],
  'es-US': [
    { id: 'Polly.Lupe', label: 'Lupe' },
    { id: 'Polly.Penelope', label: 'Penélope' },
    { id: 'Polly.Miguel', label: 'Miguel' },
    { id: 'Polly.Lupe-Neural', label: 'Lupe, neural' },
    { id: 'Polly.Pedro-Neural', label: 'Pedro, neural' },
    { id: 'Google.es-US-Neural2-A', label: 'Google A, neural' },
    { id: 'Google.es-US-Neural2-B', label: 'Google B, neural' },
  ],
} as const satisfies Record<string, readonly [Voice, ...Voice[]]>;

export type LanguageCode = keyof typeof VOICES;
