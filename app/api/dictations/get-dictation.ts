import { NotFound } from '../../../platform/errors.ts';
import { allow, answers, describe, type Endpoint, idParams, timeOf } from '../api.ts';
import { dictationDetail, rowInclude, toDictationRow } from './dictation-schemas.ts';

export const getDictationEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/dictations/:id',
    {
      ...allow('transcriptionist', 'supervisor', 'manager', 'administrator'),
      schema: {
        ...describe('dictations', 'getDictation', 'A dictation with its recordings in order'),
        params: idParams,
        response: answers({ 200: dictationDetail }, 404),
      },
    },
    async ({ params }) => {
      const row = await database.prisma.dictation.findUnique({
        where: { id: params.id },
        include: { ...rowInclude, recordings: { orderBy: { part: 'asc' }, omit: { peaks: true } } },
        omit: { peaks: true },
      });
      if (!row) throw new NotFound('no such dictation');
      const recordings = row.recordings.map((recording) => ({
        id: recording.id,
        part: recording.part,
        status: recording.status,
        dropped: recording.dropped,
        seam: recording.seam,
        durationSeconds: recording.durationSeconds,
        contentType: recording.contentType,
        bytes: recording.bytes,
        sha256: recording.sha256,
        verifiedAt: timeOf(recording.verifiedAt),
        carrierDeletedAt: timeOf(recording.carrierDeletedAt),
        destroyedAt: timeOf(recording.destroyedAt),
      }));
      return { ...toDictationRow(row), discardReason: row.discardReason, recordings };
    },
  );
