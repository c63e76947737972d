import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hashPin, verifyPin } from '../../../platform/auth/pins.ts';
import { heard } from '../heard.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, speech, startIvrServer } from '../server.ts';

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer({ realPins: true });
});
afterAll(() => server.close());
beforeEach(async () => {
  await forgetCalls();
  await issue(PIN);
});

/** Or the next call is offered to go on where the last one ended. */
const forgetCalls = () => server.pool.query('truncate call, dictation cascade');

const OWN = '730259';

async function issue(pin: string) {
  const pinHash = await hashPin(server.platform.config.secret, pin);
  await server.pool.query('update app_user set pin_hash = $1, pin_must_change = true', [pinHash]);
}
async function hasPin(pin: string): Promise<{ right: boolean; mustChange: boolean }> {
  const { rows } = await server.pool.query<{ hash: string; must: boolean }>(
    'select pin_hash as hash, pin_must_change as must from app_user where id = $1',
    [server.repId],
  );
  const right = await verifyPin(server.platform.config.secret, rows[0]?.hash ?? null, pin);
  return { right, mustChange: rows[0]?.must ?? false };
}
const place = () => server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });

test('the first call asks for a PIN of one’s own, and the next one takes it', async () => {
  const call = await place();
  await call.press(`${PIN}#`);
  expect(heard(call)).toContain('was issued to you. | Please choose a PIN of your own');
  await call.press(`${OWN}#`);
  expect(heard(call)).toContain('Once more');
  await call.press(`${OWN}#`);
  expect(heard(call)).toContain('That is your PIN from now on.');
  expect(call.listening()).toMatchObject({ kind: 'recording' });
  expect(await hasPin(OWN)).toEqual({ right: true, mustChange: false });
  await call.hangUp();
  await forgetCalls();

  const next = await place();
  await next.press(`${OWN}#`);
  expect(next.listening()).toMatchObject({ kind: 'recording' });
  await next.hangUp();
  const { rows } = await server.pool.query(
    `select actor_id, subject_id, detail from audit_entry where action = 'user.pin_changed'`,
  );
  expect(rows).toEqual([{ actor_id: server.repId, subject_id: server.repId, detail: {} }]);
});

test('easily guessed ones are refused with the reason; after three the report is taken all the same', async () => {
  const call = await place();
  await call.press(`${PIN}#`);
  await call.press('34567#');
  expect(heard(call)).toContain('Its digits follow each other');
  await call.press(`${PIN}#`);
  expect(heard(call)).toContain('That is the PIN you have now.');
  await call.press('911111#');
  expect(heard(call)).toContain('Its digits repeat');
  expect(heard(call)).toContain('Then next time.');
  expect(call.listening()).toMatchObject({ kind: 'recording' });
  await call.speak(speech(12));
  await call.press('#');
  await call.hangUp();
  const { rows } = await server.pool.query('select status from dictation where speaker_id = $1', [
    server.repId,
  ]);
  expect(rows).toEqual([{ status: 'submitted' }]);
  expect(await hasPin(PIN)).toEqual({ right: true, mustChange: true });
});

test('who keys in nothing is not kept from dictating', async () => {
  const call = await place();
  await call.press(`${PIN}#`);
  await call.wait();
  await call.wait();
  expect(call.listening()).toMatchObject({ kind: 'recording' });
  await call.hangUp();
});

test('two that differ are not taken', async () => {
  const call = await place();
  await call.press(`${PIN}#${OWN}#730258#`);
  expect(heard(call)).toContain('Those two were not the same.');
  await call.press(`${OWN}#${OWN}#`);
  expect(heard(call)).toContain('That is your PIN from now on.');
  await call.hangUp();
});

test('a PIN that was issued while the caller chose one stays', async () => {
  const call = await place();
  await call.press(`${PIN}#${OWN}#`);
  await issue('918273');
  await call.press(`${OWN}#`);
  expect(heard(call)).toContain('could not be changed');
  expect(await hasPin('918273')).toEqual({ right: true, mustChange: true });
  await call.hangUp();
});

test('neither the state of a call nor its stored answers hold a digit of it', async () => {
  const call = await place();
  await call.press(`${PIN}#${OWN}#`);
  const { rows } = await server.pool.query<{ all: string }>(
    `select c.state::text || string_agg(s.response || s.fingerprint, ' ') as all
     from call c join call_step s on s.call_id = c.id where c.carrier_call_id = $1 group by c.id`,
    [call.sid],
  );
  expect(rows[0]?.all).toContain('argon2id');
  expect(rows[0]?.all).not.toMatch(new RegExp(`${PIN}|${OWN}`));
  await call.hangUp();
  await server.simulator.deliverCallbacks();
  const after = await server.pool.query<{ state: string }>(
    'select state::text from call where carrier_call_id = $1',
    [call.sid],
  );
  expect(after.rows[0]?.state).not.toContain('argon2id');
});
