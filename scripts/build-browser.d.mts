/** Writes .build/public/NAME.js and NAME.css for each NAME.entry.ts or NAME.entry.css; resolves to the entries. */
export function buildBrowser(): Promise<string[]>;
