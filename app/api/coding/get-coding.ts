import { userOf } from '../../../platform/auth/require-role.ts';
import { readCoding } from '../../../transcription/coding/double/read-coding.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { CODERS, work } from './coding-schemas.ts';

export const getCodingEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/codings/:id',
    {
      ...allow(...CODERS),
      schema: {
        ...describe(
          'codebook',
          'getCoding',
          'A report that one codes a second time: bare text and own units',
        ),
        params: idParams,
        response: answers({ 200: work }, 404),
      },
    },
    (request) => readCoding(platform, { codingId: request.params.id, userId: userOf(request).id }),
  );
