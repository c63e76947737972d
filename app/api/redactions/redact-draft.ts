import { z } from 'zod';
import { anchorsSchema } from '../../../transcription/jobs/save-draft.ts';
import { draftRedactionInput, redactDraft } from '../../../transcription/redaction/redact-draft.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { jobActor } from '../jobs/job-actor.ts';
import { WORKERS } from '../jobs/job-schemas.ts';

const redacted = z.object({ revision: z.int(), text: z.string(), anchors: anchorsSchema });

export const redactDraftEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/redactions',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'redactDraft',
          'Take passages out of what is being typed, text and audio',
          'Answers with the draft as it is then, which the window takes over. Its history holds the words no more.',
        ),
        params: idParams,
        body: draftRedactionInput,
        response: answers({ 200: redacted }, 404, 409),
      },
    },
    async (request) => {
      const { id: jobId } = request.params;
      const userId = await jobActor(platform, request, jobId);
      return redactDraft(platform, { ...request.body, jobId, userId });
    },
  );
