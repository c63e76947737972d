import type { Endpoint } from '../api.ts';
import { listDeadRecordingsEndpoint } from './list-dead-recordings.ts';
import { restartRecordingEndpoint } from './restart-recording.ts';

export const recordingEndpoints: Endpoint[] = [listDeadRecordingsEndpoint, restartRecordingEndpoint];
