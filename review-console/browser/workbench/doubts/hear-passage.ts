import type { Player } from '../audio/player.ts';
import type { Doubt } from '../wire.ts';

type Passage = Pick<Doubt, 'id' | 'audioMs' | 'audioEndMs'>;

/** Plays passages with what stands around them; the same one again, slower and slower. */
export interface PassagePlayer {
  /** The one that was heard last. */
  readonly heardId: string | null;
  play(passage: Passage): void;
  again(passage: Passage): void;
  /** Slower at once; slower still when it was already. */
  slower(passage: Passage): void;
}

const AROUND_MS = 2_000;
/** Each time it is heard again, until it is as fast as at first. */
const SLOWER = [1, 0.75, 0.55] as const;
const SLOWEST = 0.4;

export function createPassagePlayer(player: Player, beforePlaying: () => void): PassagePlayer {
  const { audio } = player;
  let heard: { id: string; times: number } | null = null;

  function play({ id, audioMs, audioEndMs }: Passage, times: number): void {
    heard = { id, times };
    beforePlaying();
    // Once more means from its start, also while it is still heard.
    const [from, until] = [Math.max(0, audioMs - AROUND_MS) / 1000, (audioEndMs + AROUND_MS) / 1000];
    player.playPiece(from, until, { fromStart: true });
    const factor = SLOWER[times % SLOWER.length] ?? 1;
    // Always: the time before may still be under way, and slower.
    audio.playbackRate = factor === 1 ? player.speed : Math.max(SLOWEST, player.speed * factor);
    const asUsual = () => {
      audio.playbackRate = player.speed;
    };
    audio.addEventListener('pause', asUsual, { once: true });
  }

  const timesOf = ({ id }: Passage) => (heard?.id === id ? heard.times : null);
  return {
    get heardId() {
      return heard?.id ?? null;
    },
    play: (passage) => play(passage, 0),
    again(passage) {
      const times = timesOf(passage);
      play(passage, times === null ? 0 : times + 1);
    },
    slower: (passage) => play(passage, (timesOf(passage) ?? 0) > 0 ? 2 : 1),
  };
}
