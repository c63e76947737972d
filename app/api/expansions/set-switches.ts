import { userOf } from '../../../platform/auth/require-role.ts';
import { writeSwitches } from '../../../transcription/expansions/typing-switches.ts';
import { allow, answers, describe, type Endpoint, noContent } from '../api.ts';
import { switches, TYPISTS } from './expansion-schemas.ts';

export const setSwitchesEndpoint: Endpoint = (api, platform) =>
  api.put(
    '/typing-help/switches',
    {
      ...allow(...TYPISTS),
      schema: {
        ...describe(
          'typing',
          'setTypingSwitches',
          'What the workbench does by itself while I type',
          'Those not named stay as they are.',
        ),
        body: switches.partial(),
        response: answers({ 204: noContent }),
      },
    },
    async (request, reply) => {
      await writeSwitches(platform, userOf(request).id, request.body);
      return reply.code(204).send();
    },
  );
