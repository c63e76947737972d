import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { sessions } from '../auth/session.ts';
import type { Platform } from '../platform.ts';
import { handleErrors } from './error-handler.ts';
import { serveHealth } from './health.ts';

export interface HttpParts {
  /**
   * Registers the routes of programs that sign what they send. They share logging and errors with all others, but
   * neither sessions and cookies nor the headers that tell browsers what pages may do.
   */
  withoutSessions?: (app: FastifyInstance) => Promise<void>;
}

/**
 * The web server that every domain registers its routes in: security headers, sessions, forms, validation by zod,
 * errors, health. Logs a line a request with the route's pattern, never the address: that may hold what was typed.
 */
export async function buildHttp(
  platform: Platform,
  { withoutSessions }: HttpParts = {},
): Promise<FastifyInstance> {
  const isHttps = platform.config.publicUrl.startsWith('https:');
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
  // Before the rest, because a scope has the hooks that there were when it was made.
  if (withoutSessions) await app.register(withoutSessions);
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
  serveHealth(app, platform);
  return app;
}
