/** What telephones carry, samples a second. */
export const SAMPLE_RATE = 8000;
