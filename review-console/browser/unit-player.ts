/**
 * Plays single units of reports. One audio element for the page: a second unit stops the first.
 *
 * States: idle → loading → playing → idle; a failure goes back to idle and is told in words.
 */
export interface UnitPlayer {
  /** Plays the unit, or stops it when it is the one that plays. Resolves when it has ended or was stopped. */
  toggle(unit: PlayedUnit): void;
  play(unit: PlayedUnit): Promise<'ended' | 'stopped' | 'failed'>;
  stop(): void;
  current(): PlayedUnit | null;
  onChange(listener: (change: PlayerChange) => void): void;
}

export interface PlayedUnit {
  reportId: string;
  number: number;
}

export interface PlayerChange {
  unit: PlayedUnit | null;
  state: 'idle' | 'loading' | 'playing' | 'failed';
  /** 0..1 of the unit that plays. */
  progress: number;
}

export function createUnitPlayer(): UnitPlayer {
  const audio = new Audio();
  audio.preload = 'none';
  let current: PlayedUnit | null = null;
  let settle: ((outcome: 'ended' | 'stopped' | 'failed') => void) | null = null;
  const listeners: ((change: PlayerChange) => void)[] = [];
  const tell = (state: PlayerChange['state']) => {
    const progress = audio.duration > 0 ? Math.min(1, audio.currentTime / audio.duration) : 0;
    for (const listener of listeners) listener({ unit: current, state, progress });
  };
  const finish = (outcome: 'ended' | 'stopped' | 'failed') => {
    if (!current) return;
    if (outcome === 'failed') tell('failed');
    current = null;
    if (outcome !== 'failed') tell('idle');
    settle?.(outcome);
    settle = null;
  };
  audio.addEventListener('playing', () => tell('playing'));
  audio.addEventListener('timeupdate', () => {
    if (current && !audio.paused) tell('playing');
  });
  audio.addEventListener('ended', () => finish('ended'));
  audio.addEventListener('error', () => finish('failed'));

  const stop = () => {
    audio.pause();
    finish('stopped');
  };
  const play = (unit: PlayedUnit) => {
    stop();
    current = unit;
    audio.src = `/api/v1/reports/${unit.reportId}/units/${unit.number}/audio`;
    const outcome = new Promise<'ended' | 'stopped' | 'failed'>((resolve) => {
      settle = resolve;
    });
    tell('loading');
    audio.play().catch((error: unknown) => {
      // Stopped before it began is no failure.
      if (!(error instanceof DOMException && error.name === 'AbortError')) finish('failed');
    });
    return outcome;
  };
  return {
    play,
    stop,
    toggle(unit) {
      if (current && current.reportId === unit.reportId && current.number === unit.number) stop();
      else void play(unit);
    },
    current: () => current,
    onChange: (listener) => listeners.push(listener),
  };
}
