import type { StoredRecording } from './media-store.ts';
import type { SimulatedCall } from './simulated-call.ts';

/** Resources as the carrier's API describes them, with the fields that its own libraries read. */

/** @param isReady false while the carrier is still busy with it, and doesn't know its length */
export function describeRecording(
  account: string,
  { recordingSid, callSid, startedAt, seconds }: StoredRecording,
  { isReady }: { isReady: boolean },
) {
  const startTime = new Date(startedAt).toUTCString();
  const uri = `${account}/Recordings/${recordingSid}.json`;
  return {
    sid: recordingSid,
    account_sid: accountSidOf(account),
    call_sid: callSid,
    conference_sid: null,
    api_version: '2010-04-01',
    status: isReady ? 'completed' : 'processing',
    duration: isReady ? String(seconds) : '-1',
    start_time: startTime,
    date_created: startTime,
    date_updated: startTime,
    channels: 1,
    source: 'RecordVerb',
    error_code: null,
    price: null,
    price_unit: 'USD',
    encryption_details: null,
    uri,
    subresource_uris: {},
  };
}

export function describeCall(account: string, call: SimulatedCall) {
  const { sid, from, to, startedAt } = call;
  const endedAt = call.endedAt();
  const lastAt = endedAt ?? startedAt;
  return {
    sid,
    account_sid: accountSidOf(account),
    api_version: '2010-04-01',
    status: call.status(),
    direction: 'inbound',
    from,
    from_formatted: from,
    to,
    to_formatted: to,
    start_time: startedAt.toUTCString(),
    end_time: endedAt === null ? null : endedAt.toUTCString(),
    date_created: startedAt.toUTCString(),
    date_updated: lastAt.toUTCString(),
    duration: endedAt === null ? null : String(Math.round((endedAt.getTime() - startedAt.getTime()) / 1000)),
    answered_by: null,
    caller_name: null,
    forwarded_from: null,
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: null,
    price: null,
    price_unit: 'USD',
    queue_time: '0',
    trunk_sid: null,
    uri: `${account}/Calls/${sid}.json`,
    subresource_uris: { recordings: `${account}/Calls/${sid}/Recordings.json` },
  };
}

function accountSidOf(account: string): string {
  return account.slice(account.lastIndexOf('/') + 1);
}
