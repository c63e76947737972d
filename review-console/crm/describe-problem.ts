import type { ProblemGroup } from '../../crm-sync/ledger/problem-groups.ts';

const RECORDS = {
  account: 'accounts',
  contact: 'contacts',
  activity: 'activities',
  task: 'tasks',
  deal: 'deals',
} as const;

/** What is the matter with many values, and what can be done about all of them, in words. Pure. */
export function describeProblem(group: ProblemGroup): {
  sentence: string;
  advice: string;
  status: 'conflict' | 'failed';
} {
  const { kind, connector, values, value, message } = group;
  const field = `“${group.fieldLabel}” of ${RECORDS[group.objectType]}`;
  const what = value === null ? `${values} values for ${field}` : `“${value}” for ${field}, ${values} times`;
  switch (kind) {
    case 'conflict':
      return {
        sentence: `${what}: somebody else wrote something there.`,
        advice: 'Decide one by one below, or for all of them here.',
        status: 'conflict',
      };
    case 'passing':
      return { sentence: `${connector.name} did not take ${what}.`, advice: message ?? '', status: 'failed' };
    case 'refused':
      return { sentence: `${connector.name} refuses ${what}.`, advice: message ?? '', status: 'failed' };
  }
}
