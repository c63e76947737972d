import type { SimulatedCall } from '../../ivr/simulator/simulated-call.ts';

/** What the line has said so far, in order. */
export function heard(call: SimulatedCall): string {
  return call
    .events()
    .filter((event) => event.kind === 'say')
    .map((event) => event.text)
    .join(' | ');
}
