import type pg from 'pg';

/**
 * Keeps a connection that breaks from ending the process. The pool listens to its idle connections only; one that
 * breaks in somebody's hands (the server was restarted in the middle of a transaction) tells an error event besides
 * failing the statements under way, and an error event without a listener is an uncaught exception.
 */
export function listenForErrors(pool: pg.Pool, onError: (error: Error) => void): void {
  pool.on('connect', (client) => client.on('error', onError));
  // The idle ones' errors, which were told above.
  pool.on('error', () => {});
}
