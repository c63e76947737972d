import { userOf } from '../../../platform/auth/require-role.ts';
import { saveCoding, saveCodingInput } from '../../../transcription/coding/double/save-coding.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { CODERS, saved } from './coding-schemas.ts';

export const saveCodingEndpoint: Endpoint = (api, platform) =>
  api.put(
    '/codings/:id',
    {
      ...allow(...CODERS),
      schema: {
        ...describe(
          'codebook',
          'saveCoding',
          'Save a second coding as far as it is',
          'Names the revision that it was made on; 409 when another is there or the claim went to somebody else. ' +
            'The same save twice is accepted once. The report is not touched.',
        ),
        params: idParams,
        body: saveCodingInput,
        response: answers({ 200: saved }, 404, 409),
      },
    },
    (request) =>
      saveCoding(platform, { ...request.body, codingId: request.params.id, userId: userOf(request).id }),
  );
