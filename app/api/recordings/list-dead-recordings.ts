import { z } from 'zod';
import { listDeadRecordings } from '../../../transcription/ingest/dead-recordings.ts';
import { allow, answers, describe, type Endpoint, id, time, timeOf } from '../api.ts';

const deadRecording = z.object({
  recordingId: id,
  dictationId: id,
  reference: z.string(),
  part: z.int(),
  speakerName: z.string().nullable(),
  announcedAt: time.nullable(),
  announcedSeconds: z.int().nullable(),
  attempts: z.int(),
  lastError: z.string().nullable(),
});

export const listDeadRecordingsEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/recordings/dead',
    {
      ...allow('administrator'),
      schema: {
        ...describe('recordings', 'listDeadRecordings', 'Recordings that could not be copied, oldest first'),
        response: answers({ 200: z.object({ recordings: z.array(deadRecording) }) }),
      },
    },
    async () => {
      const rows = await listDeadRecordings(platform);
      return { recordings: rows.map((row) => ({ ...row, announcedAt: timeOf(row.announcedAt) })) };
    },
  );
