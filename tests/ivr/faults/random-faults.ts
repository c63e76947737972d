import { type Faults, INSTANTS, MEDIA_FAULTS } from '../../../ivr/simulator/faults.ts';
import type { Random } from './random.ts';

/** What goes wrong on one call: often nothing, often several things. */
export function randomFaults(random: Random): Faults {
  if (random.chance(0.15)) return {};
  // A bad day: nothing is told of what was recorded, so it must be asked for.
  if (random.chance(0.2)) {
    return { recordingCallback: 'lost', loseRecordingRequests: true, loseStatus: random.chance(0.5) };
  }
  const apiFault = () => ({ fault: random.pick(['error', 'silence'] as const), times: random.between(1, 2) });
  const some = () => [random.between(1, 12), random.between(1, 12)];
  return {
    recordingCallback: random.pick(['later', 'before_action', 'after_end', 'lost']),
    ...(random.chance(0.2) && { repeatCallbacks: true }),
    ...(random.chance(0.15) && { repeatRequests: true }),
    ...(random.chance(0.08) && { loseRecordingRequests: true }),
    ...(random.chance(0.2) && { loseStatus: true }),
    ...(random.chance(0.2) && { lateAnswers: some() }),
    ...(random.chance(0.15) && { failedConnections: some() }),
    ...(random.chance(0.15) && { lostRequests: some() }),
    ...(random.chance(0.35) && {
      hangUpAt: { instant: random.pick(INSTANTS), nth: random.between(1, 6) },
    }),
    ...(random.chance(0.4) && { media: { fault: random.pick(MEDIA_FAULTS), times: random.between(1, 3) } }),
    ...(random.chance(0.15) && { deletion: apiFault() }),
    ...(random.chance(0.15) && { listing: apiFault() }),
    ...(random.chance(0.15) && { callStatus: apiFault() }),
  };
}
