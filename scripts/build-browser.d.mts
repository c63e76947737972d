/** Where the bundles lie unless said otherwise; served under /assets. */
export const PUBLIC_FOLDER: string;

/** Bundles what the browser loads; returns the bundles' names. @throws esbuild's BuildFailure */
export function buildBrowser(folder?: string): Promise<string[]>;
