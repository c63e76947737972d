import type { Config } from '../../platform/config.ts';
import { type Form, fieldOf } from './form.ts';

export interface AnnouncedMedia {
  carrierRecordingId: string;
  mediaPath: string;
}

const RECORDING_ID = /^RE[0-9A-Za-z]{1,64}$/;

/**
 * The recording that a request of the carrier names, null when it names none. Of the address only the path is
 * kept, and only if it lies at the API's origin; otherwise the path is where the API keeps recordings.
 */
export function readAnnouncedMedia(form: Form, carrier: Config['carrier']): AnnouncedMedia | null {
  const carrierRecordingId = fieldOf(form, 'RecordingSid');
  if (carrierRecordingId === undefined || !RECORDING_ID.test(carrierRecordingId)) return null;
  const address = fieldOf(form, 'RecordingUrl');
  const standard = `/2010-04-01/Accounts/${carrier.accountSid}/Recordings/${carrierRecordingId}`;
  if (address === undefined || !URL.canParse(address)) return { carrierRecordingId, mediaPath: standard };
  const url = new URL(address);
  const isTheirs = url.origin === new URL(carrier.apiOrigin).origin;
  return { carrierRecordingId, mediaPath: isTheirs ? url.pathname + url.search : standard };
}
