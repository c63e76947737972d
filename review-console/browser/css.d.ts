/** esbuild bundles a stylesheet that a script imports to a file of the same name beside it. */
declare module '*.css';
