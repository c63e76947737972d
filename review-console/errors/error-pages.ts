import type { FastifyInstance } from 'fastify';
import { localPath } from '../render/local-path.ts';

const TITLES: Record<number, string> = {
  400: 'That could not be read',
  401: 'Sign in first',
  403: 'This is not for your role',
  404: 'There is nothing here',
  409: 'Somebody was faster',
  413: 'That is too much at once',
  429: 'A little slower',
  503: 'Not reachable right now',
};

/** Errors as pages of ours, for people; programs get JSON from platform/http. */
export function serveErrorPages(app: FastifyInstance): void {
  app.errorPages.render = (request, reply, error) =>
    reply.page('views/error', {
      ...error,
      title: TITLES[error.statusCode] ?? 'Something went wrong',
      requestId: request.id,
      back: pageBefore(request.headers.referer),
    });
}

/** The page that a form was on, so that signing in again leads back to what was being written. */
function pageBefore(referer: string | undefined): string {
  if (!referer || !URL.canParse(referer)) return '';
  const { pathname, search } = new URL(referer);
  return localPath(`${pathname}${search}`);
}
