/** The part of nspell that the spell check uses; the package brings no types. */
declare module 'nspell' {
  export interface Spelling {
    correct(word: string): boolean;
    suggest(word: string): string[];
    add(word: string): Spelling;
    /** The flags of each word that is right. Only ever asked for one word. */
    data: Record<string, readonly string[]>;
  }
  export default function nspell(aff: string, dic: string): Spelling;
}
