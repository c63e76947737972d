import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { InvalidInput, NotFound } from '../../platform/errors.ts';
import type { CallEvent, Listening } from './call-events.ts';
import { faultsOf } from './fault-choices.ts';
import type { KeyHelp } from './key-help.ts';
import { readSpeech } from './read-speech.ts';
import type { SimulatedCall } from './simulated-call.ts';
import type { Simulator } from './simulator.ts';

/** An hour at 16 kHz and 16 bits. */
const LONGEST_SPEECH_BYTES = 128 * 1024 * 1024;
const AUDIO_TYPES = ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/mpeg', 'audio/mp3'];

export interface DialableLine {
  number: string;
  name: string;
  purpose: string;
}

/** What is known of a call after something was done on it. */
export interface CallView {
  id: string;
  status: 'in-progress' | 'completed';
  /** From the beginning; those that one has seen already come first. */
  events: readonly CallEvent[];
  listening: Listening;
  /** What the keys do now; null where the line says so itself. */
  help: KeyHelp | null;
}

const newCall = z.object({
  to: z.string().max(20),
  /** Empty: withheld. */
  from: z.union([z.literal(''), z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number like +15550100')]),
  /** What goes wrong: ids of fault-choices.ts. */
  faults: z.array(z.string().max(40)).max(20).default([]),
});
const keysBody = z.object({ keys: z.string().regex(/^[0-9*#]{1,64}$/) });
const callParams = z.object({ id: z.string() });

/**
 * The caller's side of a simulated call, for the phone page and the command line. Everybody may use it who reaches
 * the server, as everybody may dial a number; what a caller can do is up to the line.
 */
export async function controlRoutes(
  app: FastifyInstance,
  {
    simulator,
    listLines,
    findHelp,
  }: {
    simulator: Simulator;
    listLines: () => Promise<DialableLine[]>;
    findHelp: (callId: string) => Promise<KeyHelp | null>;
  },
): Promise<void> {
  async function view(call: SimulatedCall): Promise<CallView> {
    const isOver = call.status() !== 'in-progress';
    const help = isOver ? null : await findHelp(call.sid);
    return {
      ...{ id: call.sid, status: isOver ? 'completed' : 'in-progress' },
      ...{ events: call.events(), listening: call.listening(), help },
    };
  }

  app.addContentTypeParser(
    AUDIO_TYPES,
    { parseAs: 'buffer', bodyLimit: LONGEST_SPEECH_BYTES },
    async (_request: unknown, body: string | Buffer) => body,
  );

  function callOf(params: unknown): SimulatedCall {
    const { id } = callParams.parse(params);
    const call = simulator.findCall(id);
    if (call === undefined) throw new NotFound(`No simulated call ${id}`);
    return call;
  }

  app.get('/simulator/lines', async () => ({ lines: await listLines() }));

  app.post('/simulator/calls', async (request, reply) => {
    const { to, from, faults } = read(newCall, request.body);
    const call = await simulator.placeCall({ to, from, faults: faultsOf(faults) });
    return reply.code(201).send(await view(call));
  });

  app.get('/simulator/calls/:id', async (request) => view(callOf(request.params)));

  app.post('/simulator/calls/:id/digits', async (request) => {
    const call = callOf(request.params);
    await call.press(read(keysBody, request.body).keys);
    return view(call);
  });

  app.post('/simulator/calls/:id/speech', { bodyLimit: LONGEST_SPEECH_BYTES }, async (request) => {
    const call = callOf(request.params);
    if (!Buffer.isBuffer(request.body)) throw new InvalidInput('Speech without an audio file');
    await call.speak(await readSpeech(request.body));
    return view(call);
  });

  app.post('/simulator/calls/:id/wait', async (request) => {
    const call = callOf(request.params);
    await call.wait();
    return view(call);
  });

  app.post('/simulator/calls/:id/hangup', async (request) => {
    const call = callOf(request.params);
    await call.hangUp();
    return view(call);
  });
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InvalidInput(`Bad request to the simulator: ${issue?.path.join('.')}`, {
    userMessage: 'That is no number or key that a phone has. Check it and try again.',
  });
}
