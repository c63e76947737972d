import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Platform } from '../platform/platform.ts';
import { ASSETS_FOLDER } from './bundle-assets.ts';
import { serveErrorPages } from './errors/error-pages.ts';
import { servePreferences } from './preferences/routes.ts';
import { decoratePages } from './render/pages.ts';
import { registerViewEngine } from './render/view-engine.ts';
import { serveReport } from './report/routes.ts';
import { serveSignIn } from './sign-in/routes.ts';

export interface ConsoleDependencies {
  /** Where bundleAssets put the bundles; `.build/public` of the checkout unless said otherwise. */
  assetsFolder?: string;
}

/** All screens of people, on an app of platform/http's buildHttp. */
export async function registerConsole(
  app: FastifyInstance,
  platform: Platform,
  { assetsFolder = ASSETS_FOLDER }: ConsoleDependencies = {},
): Promise<void> {
  await registerViewEngine(app, { production: platform.config.mode === 'production' });
  decoratePages(app, platform);
  serveErrorPages(app);
  await app.register(fastifyStatic, { root: assetsFolder, prefix: '/assets/' });

  serveSignIn(app, platform);
  servePreferences(app);
  serveReport(app, platform);
}
