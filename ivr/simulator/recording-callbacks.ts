import type { Faults, OnMishap } from './faults.ts';
import type { Parameters, WebhookSender } from './webhook-sender.ts';

export interface RecordingCallbacks {
  send(url: string, about: Parameters): Promise<void>;
  /** The call is over: those that waited for it become due. */
  release(): void;
}

/** When and how often the carrier tells of a recording. `later` sends it when its time has come. */
export function createRecordingCallbacks({
  faults,
  sender,
  later,
  onMishap,
}: {
  faults: Faults;
  sender: WebhookSender;
  later: (send: () => Promise<void>) => void;
  onMishap: OnMishap;
}): RecordingCallbacks {
  const afterEnd: (() => Promise<void>)[] = [];
  return {
    async send(url, about) {
      const times = faults.repeatCallbacks ? 2 : 1;
      const when = faults.recordingCallback ?? 'later';
      if (when !== 'later') onMishap(`callback ${when}`);
      if (faults.repeatCallbacks) onMishap('callback sent twice');
      const send = async () => {
        for (let time = 0; time < times; time += 1) await sender.post(url, about);
      };
      switch (when) {
        case 'later':
          return later(send);
        case 'before_action':
          return send();
        case 'after_end':
          afterEnd.push(send);
          return;
        case 'lost':
          return;
      }
    },
    release() {
      // The last one first: callbacks overtake each other.
      for (const send of afterEnd.splice(0).reverse()) later(send);
    },
  };
}
