import { createSoundGraph, type SoundGraph, type SoundSettings } from './sound-graph.ts';

/** Loudness and filter of the audio element. Does nothing to it until one of them is wanted for the first time. */
export interface Sound {
  use(settings: SoundSettings): void;
  /** To be called when something starts to play. */
  wake(): void;
}

/**
 * An element that goes through Web Audio can't be taken out of it again, and is mute until the context runs, which
 * browsers allow only after a key or a click. So the way there is built only then.
 */
export function createSound(audio: HTMLAudioElement): Sound {
  let settings: SoundSettings = { gainDb: 0, filter: false };
  let context: AudioContext | null = null;
  let graph: SoundGraph | null = null;

  function build(): void {
    const isWanted = settings.filter || settings.gainDb > 0;
    if (graph || !isWanted || navigator.userActivation?.hasBeenActive === false) return;
    context = new AudioContext({ latencyHint: 'interactive' });
    graph = createSoundGraph(context, context.createMediaElementSource(audio), context.destination, settings);
  }

  return {
    use(next) {
      settings = next;
      if (graph) graph.use(settings);
      else build();
    },
    wake() {
      build();
      if (context?.state === 'suspended') void context.resume();
    },
  };
}
