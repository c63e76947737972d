import { CrmError } from '../crm-error.ts';

const MAX_BYTES = 32 * 1024 * 1024;

/** The answer's body: parsed where it is JSON, else its text; null when empty. @throws CrmError when it never ends. */
export async function readBody(response: Response, name: string): Promise<unknown> {
  if (response.body === null) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES)
      throw new CrmError('permanent', `${name} answered with more than we take; ask for less at a time.`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return null;
  const type = response.headers.get('content-type') ?? '';
  // Also application/problem+json and vendors' own.
  if (!/\bjson\b/.test(type)) return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CrmError(
      'transient',
      `${name} broke off in the middle of its answer; it is tried again by itself.`,
      {
        cause,
      },
    );
  }
}
