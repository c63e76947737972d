import type { FastifyInstance } from 'fastify';
import { registerIvr } from '../ivr/register-ivr.ts';
import { registerSimulator } from '../ivr/simulator/register-simulator.ts';
import { buildHttp } from '../platform/http/build-http.ts';
import type { Platform } from '../platform/platform.ts';
import { registerConsole } from '../review-console/register-console.ts';
import { registerApi } from './api/register-api.ts';
import { createLine, updateLine } from './lines/write-line.ts';
import { createUser, updateUser } from './people/write-user.ts';
import { createPhoneJoints } from './phone-joints.ts';

/** Everything that answers, in one server: webhooks, the phone simulator, screens and API. Not listening yet. */
export async function buildApp(platform: Platform): Promise<FastifyInstance> {
  const app = await buildHttp(platform);
  await registerIvr(app, platform, createPhoneJoints(platform.config));
  await registerSimulator(app, platform);
  await registerApi(app, platform);
  await registerConsole(app, platform, {
    people: {
      create: (input, actorId) => createUser(platform, input, actorId),
      update: (userId, change, actorId) => updateUser(platform, userId, change, actorId),
    },
    lines: {
      create: (input, actorId) => createLine(platform, input, actorId),
      update: (lineId, change, actorId) => updateLine(platform, lineId, change, actorId),
    },
  });
  return app;
}
