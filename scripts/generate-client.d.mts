/** Makes the Prisma client if it is missing or older than the schema. Returns whether it was written. */
export function generateClient(options?: { force?: boolean }): boolean;
