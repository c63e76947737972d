import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, TooManyRequests } from '../errors.ts';

/** An error as the person, or the program, is told of it. */
export interface ToldError {
  statusCode: number;
  code: string;
  message: string;
  retryAfterSeconds?: number;
}

/** Renders an error as a page; set by the screens, for requests that ask for HTML. */
export type ErrorPage = (request: FastifyRequest, reply: FastifyReply, error: ToldError) => unknown;

declare module 'fastify' {
  interface FastifyInstance {
    errorPages: { render: ErrorPage | null };
  }
}

const INTERNAL: ToldError = {
  statusCode: 500,
  code: 'internal',
  message: 'Something went wrong on our side. Nothing you sent was half done; try again in a moment.',
};

/** What a person may be told of an error: our own errors speak for themselves, framework errors by status. */
export function tell(error: FastifyError | AppError | Error): ToldError {
  if (error instanceof AppError) {
    const told = { statusCode: error.statusCode, code: error.code, message: error.userMessage };
    return error instanceof TooManyRequests ? { ...told, retryAfterSeconds: error.retryAfterSeconds } : told;
  }
  const { code, statusCode } = error as FastifyError;
  if (code?.startsWith('FST_CSRF_'))
    return {
      statusCode: 403,
      code: 'forbidden',
      message: 'This page is too old. Load it again, then repeat what you did.',
    };
  if (code === 'FST_ERR_VALIDATION')
    return { statusCode: 400, code: 'invalid_input', message: `The request is not right: ${error.message}.` };
  if (statusCode === 413)
    return { statusCode, code: 'too_large', message: 'That is more than can be sent at once.' };
  if (statusCode === 415)
    return { statusCode, code: 'wrong_type', message: 'That kind of content is not taken here.' };
  if (statusCode === 429)
    return {
      statusCode,
      code: 'too_many_requests',
      message: 'Too many requests. Wait a little, then try again.',
    };
  if (statusCode && statusCode >= 400 && statusCode < 500)
    return {
      statusCode,
      code: 'invalid_input',
      message: 'The request could not be read. Check it and send it again.',
    };
  return INTERNAL;
}

function wantsHtml(request: FastifyRequest): boolean {
  return !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html');
}

function answer(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  told: ToldError,
): unknown {
  reply.code(told.statusCode);
  if (told.retryAfterSeconds) reply.header('retry-after', told.retryAfterSeconds);
  if (wantsHtml(request)) {
    const isStranger = told.statusCode === 401 && request.url !== '/sign-in';
    if (isStranger && request.method === 'GET')
      return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303);
    if (app.errorPages.render) return app.errorPages.render(request, reply, told);
  }
  return reply.send({ error: { code: told.code, message: told.message } });
}

/** The one place that turns errors into HTTP answers. */
export function handleErrors(app: FastifyInstance): void {
  app.decorate('errorPages', { render: null });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const told = tell(error);
    if (told.statusCode >= 500) request.log.error({ err: error }, 'request failed');
    else request.log.info({ code: told.code, reason: error.message }, 'request refused');
    return answer(app, request, reply, told);
  });
}

/** Answers addresses at which there is nothing, within the scope of `app` but for all of the server. */
export function handleUnknown(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    answer(app, request, reply, {
      statusCode: 404,
      code: 'not_found',
      message: 'There is nothing at this address. Check it, or start again from the first page.',
    }),
  );
}
