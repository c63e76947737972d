import { ask } from '../workbench/dialogs/ask.ts';
import { type Choice, choose } from '../workbench/dialogs/choose.ts';
import type { Pausable, QueueApi } from './queue-api.ts';
import { readDue } from './read-due.ts';

export interface Subject extends Pausable {
  name: string;
  paused: boolean;
}

export interface ActMenu {
  /** Asks what to do and does it. Resolves to whether something was done. */
  open(subject: Subject): Promise<boolean>;
}

type Act = 'reassign' | 'back' | 'due' | 'pause' | 'resume';

/** What a supervisor can do with a job, a person or a line: menus over the page, all by keyboard. */
export function createActMenu(api: QueueApi, classes: readonly { id: string; name: string }[]): ActMenu {
  async function reassign({ id, name }: Subject): Promise<boolean> {
    const people = await api.whoMayTake(id);
    const chosen = await choose({
      title: `Give ${name} to whom?`,
      choices: people.map(
        (person): Choice<string> => ({
          value: person.id,
          label: person.name,
          note: person.atWork ? 'At work' : 'Not at work',
        }),
      ),
    });
    if (!chosen?.[0]) return false;
    const answers = await ask('A note for them', [
      { name: 'note', label: 'Note (may stay empty)', kind: 'text', value: '' },
    ]);
    if (answers === null || answers === 'remove') return false;
    await api.reassign(id, chosen[0], answers.note ?? '');
    return true;
  }

  async function changeDue({ id, name }: Subject): Promise<boolean> {
    const inMinutes = [30, 60, 120, 240].map(
      (minutes): Choice<string> => ({
        value: `+${minutes}`,
        label:
          minutes < 60 ? `In ${minutes} minutes` : `In ${minutes / 60} ${minutes === 60 ? 'hour' : 'hours'}`,
      }),
    );
    const chosen = await choose({
      title: `When is ${name} due?`,
      choices: [
        { value: 'usual', label: 'As usual', note: 'As its line and its speaker’s urgency say' },
        ...classes.map(
          (each): Choice<string> => ({ value: `class ${each.id}`, label: each.name, note: 'Class' }),
        ),
        ...inMinutes,
      ],
      make: {
        label: (typed) => {
          const at = readDue(typed, new Date());
          return at ? `At ${at.toLocaleString()}` : `“${typed}” is no time: write 16:30, or minutes from now`;
        },
        value: (typed) => typed,
      },
    });
    const value = chosen?.[0];
    if (!value) return false;
    if (value === 'usual') await api.changeDue(id, { kind: 'usual' });
    else if (value.startsWith('class '))
      await api.changeDue(id, { kind: 'class', turnaroundClassId: value.slice(6) });
    else {
      const at = readDue(value, new Date());
      if (!at) throw new Error('That is no time. Write 16:30, or minutes from now.');
      await api.changeDue(id, { kind: 'at', dueAt: at.toISOString() });
    }
    return true;
  }

  async function pause(subject: Subject): Promise<boolean> {
    const answers = await ask(`Pause ${subject.name}: why?`, [
      { name: 'reason', label: 'Reason, shown to everybody', kind: 'text', value: '', required: true },
    ]);
    if (answers === null || answers === 'remove') return false;
    await api.pause(subject, answers.reason ?? '');
    return true;
  }

  async function resume(subject: Subject): Promise<boolean> {
    await api.resume(subject);
    return true;
  }

  async function back({ id }: Subject): Promise<boolean> {
    await api.reassign(id, null, '');
    return true;
  }

  const acts = { reassign, back, due: changeDue, pause, resume };

  return {
    async open(subject) {
      const switching: Act = subject.paused ? 'resume' : 'pause';
      if (subject.kind !== 'job') return acts[switching](subject);
      const chosen = await choose({
        title: subject.name,
        choices: [
          {
            value: 'reassign' as Act,
            label: 'Give to a person',
            note: 'Whoever has it loses it; the text stays',
          },
          { value: 'back' as Act, label: 'Back to all', note: 'Whoever has it loses it; the text stays' },
          { value: 'due' as Act, label: 'Change when it is due', note: 'A time, or a class' },
          {
            value: switching,
            label: subject.paused ? 'Resume' : 'Pause',
            note: subject.paused ? 'Offered again' : 'Offered to nobody until resumed',
          },
        ],
      });
      return chosen?.[0] ? acts[chosen[0]](subject) : false;
    },
  };
}
