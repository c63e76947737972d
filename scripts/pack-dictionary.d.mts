/** The dictionary with every form of every word, as the spell check's `openDictionary` reads it. */
export function packDictionary(aff: string, dic: string, made: string): string;
