import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { jsonSchemaTransform, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Platform } from '../../platform/platform.ts';
import { documentInfo } from './document-info.ts';
import { endpoints } from './endpoints.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Roles that may use the route; empty: anybody signed in. Absent: not a route of the API. */
    roles?: readonly string[];
  }
}

/** Swagger UI brings small scripts and styles of its own; they are allowed on its pages and on no other. */
const DOCS_CSP = {
  'default-src': "'self'",
  'base-uri': "'self'",
  'img-src': ["'self'", 'data:'],
  'object-src': "'none'",
  'script-src': "'self'",
  'style-src': ["'self'", "'unsafe-inline'"],
  'form-action': "'self'",
  'frame-ancestors': "'none'",
};

/** A route that is undocumented or open to strangers is a mistake that must not start. */
function checkRoute({ method, url, schema, config }: RouteOptions): void {
  const summary = schema?.summary;
  if (!config?.roles || !summary || !schema?.operationId || !schema.response)
    throw new Error(`API route ${String(method)} ${url} must say who may use it, a summary and its answers`);
}

/** `/api/v1`, `/api/openapi.json` and `/api/docs`, on an app of platform/http's buildHttp. */
export async function registerApi(app: FastifyInstance, platform: Platform): Promise<void> {
  // In a context of its own, so that the document holds these routes only.
  await app.register(async (scope) => {
    await scope.register(swagger, {
      openapi: documentInfo(platform.config.publicUrl),
      transform: jsonSchemaTransform,
    });
    scope.get('/api/openapi.json', { schema: { hide: true } }, async () => scope.swagger());
    await scope.register(swaggerUi, {
      routePrefix: '/api/docs',
      staticCSP: DOCS_CSP,
      uiConfig: { docExpansion: 'none', deepLinking: false },
    });
    await scope.register(
      async (routes) => {
        routes.addHook('onRoute', checkRoute);
        // Answers hold people's words: nobody on the way keeps them.
        routes.addHook('onSend', async (_request, reply) => {
          if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
        });
        const api = routes.withTypeProvider<ZodTypeProvider>();
        for (const endpoint of endpoints) endpoint(api, platform);
      },
      { prefix: '/api/v1' },
    );
  });
}
