import type { FastifyInstance } from 'fastify';
import { registerIvr } from '../ivr/register-ivr.ts';
import { registerSimulator } from '../ivr/simulator/register-simulator.ts';
import { buildHttp } from '../platform/http/build-http.ts';
import type { Platform } from '../platform/platform.ts';
import { registerConsole } from '../review-console/register-console.ts';
import { registerApi } from './api/register-api.ts';
import { createConsoleJoints } from './console-joints.ts';
import { createPhoneJoints } from './phone-joints.ts';

/** Everything that answers, in one server: webhooks, the phone simulator, screens and API. Not listening yet. */
export async function buildApp(platform: Platform): Promise<FastifyInstance> {
  return buildHttp(platform, {
    signed: (phone) => registerIvr(phone, platform, createPhoneJoints(platform.config)),
    people: async (people) => {
      await registerSimulator(people, platform);
      await registerApi(people, platform);
      await registerConsole(people, platform, createConsoleJoints(platform));
    },
  });
}
