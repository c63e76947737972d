import type { FastifyRequest } from 'fastify';

declare module '@fastify/secure-session' {
  interface SessionData {
    flash: string;
  }
}

/** Keeps one sentence for the next page: what was just done. Never speech or secrets. */
export function setFlash(request: FastifyRequest, sentence: string): void {
  request.session.set('flash', sentence);
}

/** The sentence kept by the request before, once. */
export function takeFlash(request: FastifyRequest): string | undefined {
  const sentence = request.session.get('flash');
  if (sentence !== undefined) request.session.set('flash', undefined);
  return sentence;
}
