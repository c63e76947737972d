/** The part of nspell that the spell check uses; the package brings no types. */
declare module 'nspell' {
  interface Spelling {
    correct(word: string): boolean;
    suggest(word: string): string[];
    add(word: string): Spelling;
  }
  export default function nspell(aff: string, dic: string): Spelling;
}
