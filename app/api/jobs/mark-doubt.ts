import { markDoubt, markInput } from '../../../transcription/doubts/mark-doubt.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { doubt, toDoubt } from './doubt-schemas.ts';
import { WORKERS } from './job-schemas.ts';

export const markDoubtEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/doubts',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'markDoubt',
          'Mark a passage of the draft as unclear',
          'The id is made by you: sent again, it marks no second time. Offsets are of the draft as it is saved.',
        ),
        params: idParams,
        body: markInput,
        response: answers({ 200: doubt }, 404, 409),
      },
    },
    async ({ params, body }) => toDoubt(await markDoubt(platform, { ...body, jobId: params.id })),
  );
