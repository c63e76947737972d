import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Faults } from '../../../ivr/simulator/faults.ts';
import { NotFound, Unavailable } from '../../../platform/errors.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, speech, startIvrServer } from '../server.ts';

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer();
});
afterAll(() => server.close());

async function recordedCall(faults: Faults) {
  const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE, faults });
  await call.press(`${PIN}#`);
  await call.speak(speech(2));
  await call.press('#');
  await call.hangUp();
  const [listed] = await server.simulator.media.listOfCall(call.sid);
  const recordingSid = listed?.recordingSid ?? '';
  const stored = await server.simulator.media.read(recordingSid);
  const { accountSid } = server.platform.config.carrier;
  const mediaPath = `/2010-04-01/Accounts/${accountSid}/Recordings/${recordingSid}`;
  return { call, recordingSid, mediaPath, wav: stored?.wav ?? Buffer.alloc(0) };
}

describe('media that goes wrong once and then right', () => {
  const whole = async (mediaPath: string) => {
    const { stream, bytes } = await server.carrier.fetchMedia(mediaPath);
    return { content: await buffer(stream), bytes };
  };

  test.each([
    ['not_ready', NotFound],
    ['error', Unavailable],
  ] as const)('%s', async (fault, error) => {
    const { mediaPath, wav } = await recordedCall({ media: { fault, times: 1 } });
    await expect(server.carrier.fetchMedia(mediaPath)).rejects.toThrow(error);
    expect((await whole(mediaPath)).content).toEqual(wav);
  });

  test('cut off: an error for whoever reads, however late, and none that ends the process', async () => {
    const { mediaPath, wav } = await recordedCall({ media: { fault: 'cut_off', times: 1 } });
    const { stream, bytes } = await server.carrier.fetchMedia(mediaPath);
    expect(bytes).toBe(wav.length);
    // Nobody reads while the connection breaks.
    await expect.poll(() => stream.errored).not.toBeNull();
    await expect(buffer(stream)).rejects.toThrow();
    expect((await whole(mediaPath)).content).toEqual(wav);
  });

  test.each(['length_lies', 'no_length'] as const)('%s: half of it', async (fault) => {
    const { mediaPath, wav } = await recordedCall({ media: { fault, times: 1 } });
    const { content, bytes } = await whole(mediaPath);
    expect(content).toEqual(wav.subarray(0, wav.length / 2));
    expect(bytes).toBe(fault === 'no_length' ? null : content.length);
    expect((await whole(mediaPath)).content).toEqual(wav);
  });

  test('broken: no audio at all', async () => {
    const { mediaPath } = await recordedCall({ media: { fault: 'broken', times: 1 } });
    expect(String((await whole(mediaPath)).content)).toContain('<!doctype html>');
  });
});

describe('the rest of the API', () => {
  test('errors in listing, deleting and asking for the status, each once', async () => {
    const once = { fault: 'error', times: 1 } as const;
    const { call, recordingSid } = await recordedCall({ listing: once, deletion: once, callStatus: once });
    await expect(server.carrier.listRecordings(call.sid)).rejects.toThrow(Unavailable);
    expect(await server.carrier.listRecordings(call.sid)).toHaveLength(1);
    await expect(server.carrier.callStatus(call.sid)).rejects.toThrow(Unavailable);
    expect(await server.carrier.callStatus(call.sid)).toBe('completed');
    await expect(server.carrier.deleteRecording(recordingSid)).rejects.toThrow(Unavailable);
    await server.carrier.deleteRecording(recordingSid);
    expect(await server.carrier.listRecordings(call.sid)).toEqual([]);
  });

  test('a recording that the carrier is still busy with is listed without a length', async () => {
    const { call } = await recordedCall({ media: { fault: 'not_ready', times: 1 } });
    expect(await server.carrier.listRecordings(call.sid)).toMatchObject([{ durationSeconds: null }]);
  });
});
