/**
 * One window of this browser writes a job at a time. Who has the turn holds a Web Lock; another window reads along
 * (over a BroadcastChannel) and may take the turn, which the first one then loses at once.
 */
export interface WindowTurn {
  /** Takes the turn if no window has it (or from whoever has it, with `force`). Resolves to whether we have it. */
  take(force: boolean): Promise<boolean>;
  /** Tells windows that read along what the text is now. */
  show(text: string): void;
  end(): void;
}

export interface WindowTurnEvents {
  /** Another window took the turn. */
  onLost(): void;
  /** The window with the turn has this text now. */
  onShown(text: string): void;
}

export function createWindowTurn(jobId: string, { onLost, onShown }: WindowTurnEvents): WindowTurn {
  const name = `dictaline-job-${jobId}`;
  const channel = new BroadcastChannel(name);
  let mine = false;
  let release: (() => void) | null = null;

  channel.onmessage = (event: MessageEvent<{ text: string }>) => {
    if (!mine) onShown(event.data.text);
  };

  return {
    take(force) {
      return new Promise((answer) => {
        const options: LockOptions = force ? { steal: true } : { ifAvailable: true };
        navigator.locks
          .request(name, options, (lock) => {
            mine = lock !== null;
            answer(mine);
            if (!lock) return undefined;
            return new Promise<void>((resolve) => {
              release = resolve;
            });
          })
          .catch(() => {
            // The lock was stolen: the promise of the one who held it rejects.
            if (!mine) return;
            mine = false;
            onLost();
          });
      });
    },
    show(text) {
      if (mine) channel.postMessage({ text });
    },
    end() {
      mine = false;
      release?.();
      channel.close();
    },
  };
}
