import { userOf } from '../../../platform/auth/require-role.ts';
import { lineChange, updateLine } from '../../lines/write-line.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { line, toLine } from './line-schemas.ts';

export const updateLineEndpoint: Endpoint = (api, platform) =>
  api.patch(
    '/lines/:id',
    {
      ...allow('administrator'),
      schema: {
        ...describe('lines', 'updateLine', 'Change what is given, leave the rest'),
        params: idParams,
        body: lineChange,
        response: answers({ 200: line }, 404, 409),
      },
    },
    async (request) =>
      toLine(await updateLine(platform, request.params.id, request.body, userOf(request).id)),
  );
