import type { FastifyInstance } from 'fastify';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { listDeadRecordings, restartRecording } from '../../transcription/ingest/dead-recordings.ts';
import { administrationPage } from '../render/administration-page.ts';
import { setFlash } from '../render/flash.ts';
import { readId } from '../render/read-input.ts';

/** `/recordings`: those that could not be copied from the carrier, with a way to try again. */
export function serveRecordings(app: FastifyInstance, platform: Platform): void {
  const onlyAdministrators = { preHandler: requireRole('administrator') };

  app.get('/recordings', onlyAdministrators, async (_request, reply) => {
    const [dead, underWay] = await Promise.all([
      listDeadRecordings(platform),
      platform.database.prisma.recording.count({ where: { status: { in: ['announced', 'expected'] } } }),
    ]);
    return reply.page(
      'views/recordings',
      administrationPage('recordings', 'Recordings in trouble', { dead, underWay }),
    );
  });

  app.post('/recordings/:id/restart', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    await restartRecording(platform, { recordingId: id, userId: userOf(request).id });
    setFlash(request, 'It is being copied again. If that fails too, it comes back to this list.');
    return reply.redirect('/recordings', 303);
  });
}
