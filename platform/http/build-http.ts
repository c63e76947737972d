import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { sessions } from '../auth/session.ts';
import type { Platform } from '../platform.ts';
import { handleErrors, handleUnknown } from './error-handler.ts';
import { serveHealth } from './health.ts';

/** Registers routes; may come back later. */
type Register = (app: FastifyInstance) => Promise<void> | void;

export interface HttpParts {
  /** Routes for browsers, and for programs with a bearer token: with sessions, forms and security headers. */
  people?: Register;
  /** Routes for programs that sign what they send: they share logging and errors with the others, nothing more. */
  signed?: Register;
}

/**
 * The web server that every domain registers its routes in: security headers, sessions, forms, validation by zod,
 * errors, health. Logs a line a request with the route's pattern, never the address: that may hold what was typed.
 *
 * The two parts are scopes beside each other, because a hook of an app runs for all that is registered in it,
 * whatever came first.
 */
export async function buildHttp(
  platform: Platform,
  { people, signed }: HttpParts = {},
): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = platform.log;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 2 * 1024 * 1024,
    // A proxy of ours stands on this machine or in our own network; anybody else's X-Forwarded-For is a claim.
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    forceCloseConnections: 'idle',
    // While stopping, requests on open connections are answered as ever: a caller must not hear of it.
    return503OnClosing: false,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  handleErrors(app);
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    request.log.info(
      {
        method: request.method,
        route,
        statusCode: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
  if (signed) await app.register(async (scope) => signed(scope));
  await app.register(async (scope) => {
    await addSessionsAndHeaders(scope, platform);
    serveHealth(scope, platform);
    await people?.(scope);
  });
  return app;
}

/** What browsers need; also what is answered where there is nothing. */
async function addSessionsAndHeaders(app: FastifyInstance, platform: Platform): Promise<void> {
  const isHttps = platform.config.publicUrl.startsWith('https:');
  handleUnknown(app);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        // AudioWorklet modules and players work on blobs that the page made itself.
        workerSrc: ["'self'", 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: isHttps ? [] : null,
      },
    },
    strictTransportSecurity: isHttps,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
  });
  await app.register(formbody);
  await app.register(sessions, platform);
}
