import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { addConflict, conflictInput, removeConflict } from '../../../transcription/supervision/conflicts.ts';
import { requirementsInput, setRequirements } from '../../../transcription/supervision/requirements.ts';
import { allow, answers, describe, type Endpoint, id, idParams, noContent } from '../api.ts';
import { SUPERVISORS } from './reassign.ts';

export const addConflictEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/queue/conflicts',
    {
      ...allow(...SUPERVISORS),
      schema: {
        ...describe('jobs', 'addConflict', 'A speaker, a line or an account never goes to this person'),
        body: conflictInput,
        response: answers({ 201: z.object({ id }) }, 409),
      },
    },
    async (request, reply) => {
      const made = await addConflict(platform, { ...request.body, actorId: userOf(request).id });
      return reply.code(201).send({ id: made });
    },
  );

export const removeConflictEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/queue/conflicts/:id/remove',
    {
      ...allow(...SUPERVISORS),
      schema: {
        ...describe('jobs', 'removeConflict', 'A conflict is over'),
        params: idParams,
        response: answers({ 204: noContent }),
      },
    },
    async (request, reply) => {
      await removeConflict(platform, { conflictId: request.params.id, actorId: userOf(request).id });
      return reply.code(204).send();
    },
  );

export const setRequirementsEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/queue/requirements',
    {
      ...allow(...SUPERVISORS),
      schema: {
        ...describe(
          'jobs',
          'setRequirements',
          'What whoever types must meet: for a line, an account or a speaker',
        ),
        body: requirementsInput,
        response: answers({ 204: noContent }, 404),
      },
    },
    async (request, reply) => {
      await setRequirements(platform, { ...request.body, actorId: userOf(request).id });
      return reply.code(204).send();
    },
  );
