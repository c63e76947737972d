import type { Endpoint } from '../api.ts';
import { dictationAudioEndpoint } from './dictation-audio.ts';
import { dictationPeaksEndpoint } from './dictation-peaks.ts';
import { unitAudioEndpoint } from './unit-audio.ts';

export const audioEndpoints: Endpoint[] = [dictationAudioEndpoint, dictationPeaksEndpoint, unitAudioEndpoint];
