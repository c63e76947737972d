import type { SimulatedCall } from '../../../ivr/simulator/simulated-call.ts';
import type { Simulator } from '../../../ivr/simulator/simulator.ts';
import type { Random } from './random.ts';
import { randomFaults } from './random-faults.ts';
import type { World } from './world.ts';

/** Nobody dictates with more strokes than this; then they hang up. */
const MOST_ACTS = 22;
const KEYS = [...'0123456789*#'];
const WORDS = ['yes', 'no', 'Acme Pumps', 'the second one', ''];
const RATE = 8000;

/**
 * One call: a caller who mostly knows how to get in and from there on does whatever comes to mind. Knows nothing of
 * the menus, so that new ones are walked through as well.
 */
export async function makeRandomCall(simulator: Simulator, world: World, random: Random): Promise<void> {
  const purpose = random.pick(['report', 'report', 'report', 'report', 'survey', 'proposal'] as const);
  const rep = random.pick(world.reps);
  const from = random.chance(0.85) ? rep.phone : random.pick(['', world.strangePhone]);
  const call = await simulator.placeCall({ from, to: world.lines[purpose], faults: randomFaults(random) });
  for (let act = 0; act < MOST_ACTS && call.status() === 'in-progress'; act += 1) {
    const acting = doSomething(call, random, () => entryFor(call, world, rep, random));
    if (random.chance(0.03)) {
      // While the line is still busy with what was done.
      await new Promise((resolve) => setTimeout(resolve, random.between(0, 40)));
      await call.hangUp();
    }
    await acting;
    // People are slower than machines, and so much can happen between two keys.
    await new Promise((resolve) => setTimeout(resolve, random.between(0, 80)));
    if (random.chance(0.01)) await call.drop();
  }
  await call.hangUp();
}

async function doSomething(call: SimulatedCall, random: Random, entry: () => string): Promise<void> {
  const listening = call.listening();
  if (listening?.kind === 'recording') return dictate(call, random);
  if (listening === null || random.chance(0.06)) return call.wait();
  if (listening.hearsSpeech && random.chance(0.3)) return call.speak(say(0.6, random), random.pick(WORDS));
  if (listening.numDigits !== 1 && random.chance(0.9)) return call.press(entry());
  return call.press(random.pick(KEYS));
}

async function dictate(call: SimulatedCall, random: Random): Promise<void> {
  const doing = random.between(1, 10);
  if (doing <= 6) return call.speak(say(random.pick([0.3, 0.9, 1.2, 1.6, 2.5]), random));
  if (doing === 7) return call.speak(new Int16Array(RATE * 2));
  if (doing === 8) return call.wait();
  return call.press(random.pick([...KEYS, '*', '*', '#', '#']));
}

/** What a caller who knows their numbers keys in, going by what was said last. */
function entryFor(call: SimulatedCall, world: World, rep: World['reps'][number], random: Random): string {
  const said = call
    .events()
    .slice(-6)
    .map((event) => (event.kind === 'say' ? event.text : ''))
    .join(' ');
  if (random.chance(0.06)) return `${random.between(0, 99_999)}#`;
  if (/\bPIN\b/.test(said) && !/short number/i.test(said)) return `${world.pin}#`;
  if (/short number/i.test(said) && random.chance(0.7)) return `${rep.shortNumber}#`;
  if (/\bID\b/.test(said)) return `${random.pick(world.anonymousIds)}#`;
  return `${random.pick(['1', '2', '1*1', '2*1', '0', '', rep.shortNumber, world.pin])}#`;
}

/** Speech of which no two pieces are alike, so that one can be told from another by its hash. */
function say(seconds: number, random: Random): Int16Array {
  const samples = new Int16Array(Math.round(seconds * RATE));
  const pitch = 100 + random.number() * 300;
  for (let at = 0; at < samples.length; at += 1) {
    samples[at] = Math.round(7000 * Math.sin((2 * Math.PI * pitch * at) / RATE)) + random.between(1, 40);
  }
  return samples;
}
