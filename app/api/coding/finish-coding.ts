import { userOf } from '../../../platform/auth/require-role.ts';
import { finishCoding, saveCodingInput } from '../../../transcription/coding/double/save-coding.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { CODERS, saved } from './coding-schemas.ts';

export const finishCodingEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/codings/:id/finish',
    {
      ...allow(...CODERS),
      schema: {
        ...describe(
          'codebook',
          'finishCoding',
          'Say that a second coding is done',
          'From then on it counts for agreement and never changes. Sent twice it is done once.',
        ),
        params: idParams,
        body: saveCodingInput,
        response: answers({ 200: saved }, 404, 409),
      },
    },
    (request) =>
      finishCoding(platform, { ...request.body, codingId: request.params.id, userId: userOf(request).id }),
  );
