import type { PreferencesParts } from './preferences.ts';

const PATIENCE_MS = 10_000;

/** Sends parts to the person's row; a refusal is false, no answer (or none that counts) an Error. */
export function createSendPreferences(csrfToken: () => string): PreferencesParts['send'] {
  return async (parts) => {
    const { ok, status } = await fetch('/api/v1/preferences/workbench', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken() },
      body: JSON.stringify(parts),
      // Also while the page goes away.
      keepalive: true,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!ok && status !== 400) throw new Error(`preferences were not taken: ${status}`);
    return ok;
  };
}
