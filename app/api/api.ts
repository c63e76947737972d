import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireRole } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Role } from '../../prisma/generated/client/client.ts';
import { errorAnswers } from './error-answers.ts';

/** Where endpoints register themselves: paths are relative to `/api/v1`, types come from the schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** One endpoint, one file: `export const createSurveyEndpoint: Endpoint = (api, platform) => api.post(…)`. */
export type Endpoint = (api: Api, platform: Platform) => void;

/**
 * Who may use a route; anybody signed in when no role is named. Asked before the body is read, so a stranger is
 * told nothing but 401, whatever they send. A bearer token may do everything.
 */
export function allow(...roles: Role[]) {
  return { onRequest: requireRole(...roles), config: { roles } };
}

/** A group of routes as the documentation shows them. */
export type Tag =
  | 'users'
  | 'lines'
  | 'vocabulary'
  | 'codebook'
  | 'dictations'
  | 'recordings'
  | 'jobs'
  | 'typing'
  | 'accuracy'
  | 'reports'
  | 'questions'
  | 'search'
  | 'surveys'
  | 'proposals'
  | 'crm'
  | 'sync';

/** The part of a route's schema that is documentation. `operationId` names the method in generated clients. */
export function describe(tag: Tag, operationId: string, summary: string, description?: string) {
  const security: Record<string, string[]>[] = [{ bearer: [] }, { session: [] }];
  return { tags: [tag], operationId, summary, ...(description && { description }), security };
}

/** The answer of success beside those errors that every route has (400, 401, 403, 500) and the ones named. */
export function answers<const S extends Record<number, z.ZodType>>(
  success: S,
  ...errors: (404 | 409 | 410)[]
) {
  return { ...success, ...errorAnswers(errors) };
}

/** A time as ISO 8601 in UTC. */
export const time = z.iso.datetime();
/** A day, `YYYY-MM-DD`. */
export const day = z.iso.date();
export const id = z.uuid();
/** Of something to be made: the sender may choose it, so that a request sent twice makes one. */
export const ownId = id.optional().describe('Made by you: sent again, it makes no second one');
export const idParams = z.object({ id });
/** 204: done, nothing to say. */
export const noContent = z.undefined().describe('Done');

/** The day of a date column. */
export const dayOf = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;
export const timeOf = (date: Date | null): string | null => date?.toISOString() ?? null;
