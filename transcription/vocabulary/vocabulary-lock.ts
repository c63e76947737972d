/** Of any number that is nobody else's: two who write the vocabulary, or number accounts, go one after the other. */
export const VOCABULARY_LOCK = 4_710_221;
