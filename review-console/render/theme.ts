import type { FastifyRequest } from 'fastify';

export type Theme = 'system' | 'light' | 'dark';

export const THEME_COOKIE = 'theme';

/** The person's choice of this browser; `system` follows prefers-color-scheme. */
export function readTheme(request: FastifyRequest): Theme {
  return parseTheme(request.cookies[THEME_COOKIE]);
}

export function parseTheme(value: unknown): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}
