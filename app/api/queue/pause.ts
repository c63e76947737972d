import { userOf } from '../../../platform/auth/require-role.ts';
import { pausable, pause, pauseInput, resume } from '../../../transcription/supervision/pause.ts';
import { allow, answers, describe, type Endpoint, noContent } from '../api.ts';
import { SUPERVISORS } from './reassign.ts';

export const pauseEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/queue/pause',
    {
      ...allow(...SUPERVISORS),
      schema: {
        ...describe(
          'jobs',
          'pause',
          'Pause a job, a line or a person, with a reason',
          'Nothing of it is offered, or nothing to them; what somebody is typing they may finish.',
        ),
        body: pauseInput,
        response: answers({ 204: noContent }, 404),
      },
    },
    async (request, reply) => {
      await pause(platform, { ...request.body, actorId: userOf(request).id });
      return reply.code(204).send();
    },
  );

export const resumeEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/queue/resume',
    {
      ...allow(...SUPERVISORS),
      schema: {
        ...describe('jobs', 'resume', 'End a pause'),
        body: pausable,
        response: answers({ 204: noContent }),
      },
    },
    async (request, reply) => {
      await resume(platform, { ...request.body, actorId: userOf(request).id });
      return reply.code(204).send();
    },
  );
