import { userOf } from '../../../platform/auth/require-role.ts';
import { createLine, lineInput } from '../../lines/write-line.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { line, toLine } from './line-schemas.ts';

export const createLineEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/lines',
    {
      ...allow('administrator'),
      schema: {
        ...describe('lines', 'createLine', 'Add a line'),
        body: lineInput,
        response: answers({ 201: line }, 409),
      },
    },
    async (request, reply) =>
      reply.code(201).send(toLine(await createLine(platform, request.body, userOf(request).id))),
  );
