import type { CallEvent } from '../call-events.ts';

const ENDS = { caller: 'You hung up', line: 'The line hung up', carrier: 'The connection broke' } as const;

type By = 'line' | 'caller' | 'nobody';

export interface Conversation {
  clear(): void;
  add(events: readonly CallEvent[]): void;
}

/** Shows a call as a conversation in `list`, which `log` scrolls. Keys of a PIN are not shown. */
export function createConversation({ list, log }: { list: HTMLElement; log: HTMLElement }): Conversation {
  let asksForPin = false;
  let keysSoFar: HTMLElement | null = null;

  function addItem(by: By, text: string): HTMLElement {
    const item = document.createElement('li');
    item.className = 'phone-said';
    item.dataset.by = by;
    const who = by === 'nobody' ? null : document.createElement('span');
    if (who) {
      who.className = 'visually-hidden';
      who.textContent = by === 'line' ? 'Line: ' : 'You: ';
      item.append(who);
    }
    item.append(text);
    list.append(item);
    return item;
  }

  function addOne(event: CallEvent): void {
    if (event.kind === 'keys') {
      const shown = asksForPin ? event.keys.replaceAll(/\d/g, '•') : event.keys;
      if (keysSoFar) keysSoFar.append(shown);
      else keysSoFar = addItem('caller', shown);
      return;
    }
    keysSoFar = null;
    switch (event.kind) {
      case 'say':
        asksForPin = /\bPIN\b/.test(event.text);
        addItem('line', event.text);
        return;
      case 'play':
        addItem('line', event.isPlayable ? played(event.url) : '(could not play it)');
        return;
      case 'tone':
        addItem('nobody', 'Tone');
        return;
      case 'speech':
        addItem('caller', `Spoke for ${seconds(event.seconds)}`);
        return;
      case 'recorded':
        addItem('nobody', `Recorded ${seconds(event.seconds)}`);
        return;
      case 'trouble':
        addItem('line', event.text);
        return;
      case 'ended':
        addItem('nobody', ENDS[event.by]);
        return;
      case 'pause':
    }
  }

  return {
    clear() {
      list.replaceChildren();
      asksForPin = false;
      keysSoFar = null;
    },
    add(events) {
      for (const event of events) addOne(event);
      // The page itself stays: a key that moves away under the finger isn't pressed.
      log.scrollTop = log.scrollHeight;
    },
  };
}

/** What is played, going by where it comes from. */
function played(url: string): string {
  if (url.startsWith('/ivr/parts/')) return '(plays what you said)';
  return url.startsWith('/ivr/clips/') ? '(plays a passage)' : '(plays a recorded prompt)';
}

function seconds(count: number): string {
  return `${count.toFixed(1)} s`;
}
