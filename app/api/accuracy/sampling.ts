import { userOf } from '../../../platform/auth/require-role.ts';
import { samplingInput } from '../../../transcription/accuracy/sampling/draw-check.ts';
import { readSampling, saveSampling } from '../../../transcription/accuracy/sampling/sampling-setting.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { REVIEWERS } from './accuracy-schemas.ts';

/** `GET /accuracy/sampling` */
export const getSamplingEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/accuracy/sampling',
    {
      ...allow(...REVIEWERS),
      schema: {
        ...describe('accuracy', 'getSampling', 'Which share of the texts is typed twice'),
        response: answers({ 200: samplingInput }),
      },
    },
    () => readSampling(database.prisma),
  );

/** `PUT /accuracy/sampling` */
export const putSamplingEndpoint: Endpoint = (api, { database }) =>
  api.put(
    '/accuracy/sampling',
    {
      ...allow(...REVIEWERS),
      schema: {
        ...describe('accuracy', 'putSampling', 'Set it, for texts that are finished from now on'),
        body: samplingInput,
        response: answers({ 200: samplingInput }),
      },
    },
    async (request) => {
      await database.prisma.$transaction((tx) => saveSampling(tx, request.body, userOf(request).id));
      return readSampling(database.prisma);
    },
  );
