import type { FastifyReply } from 'fastify';
import { NotFound } from '../../platform/errors.ts';
import type { MediaFault } from './faults.ts';

const TYPE = 'audio/x-wav';

/** A recording's media, or what a carrier sends when that goes wrong. */
export function sendMedia(reply: FastifyReply, wav: Buffer, fault: MediaFault | null): FastifyReply {
  const half = wav.subarray(0, Math.ceil(wav.length / 2));
  switch (fault) {
    case 'not_ready':
      throw new NotFound('The simulated carrier is still busy with this recording');
    case 'cut_off': {
      const { raw } = reply.hijack();
      raw.writeHead(200, { 'content-type': TYPE, 'content-length': wav.length });
      raw.write(half, () => raw.destroy());
      return reply;
    }
    case 'length_lies':
      return reply.type(TYPE).header('content-length', half.length).send(half);
    case 'no_length': {
      const { raw } = reply.hijack();
      raw.writeHead(200, { 'content-type': TYPE });
      raw.end(half);
      return reply;
    }
    case 'broken':
      return reply.type('text/html').send('<!doctype html><title>Please sign in</title>');
    default:
      return reply.type(TYPE).send(wav);
  }
}

/** No answer; after a while the connection breaks. */
export function fallSilent(reply: FastifyReply, silenceMs: number): void {
  const { raw } = reply.hijack();
  const timer = setTimeout(() => raw.destroy(), silenceMs);
  raw.once('close', () => clearTimeout(timer));
}
