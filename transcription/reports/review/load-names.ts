import type { Platform } from '../../../platform/platform.ts';
import { loadVocabulary } from '../../vocabulary/load-vocabulary.ts';

export interface ChoosableName {
  /** The company's own id, as a value keeps it. */
  id: string;
  name: string;
  /** What tells it from another of the same name: a city, a title and a customer. */
  note: string;
  /** Of a person: the customer's id. */
  account: string | null;
}

export const NAME_TYPES = ['account', 'person', 'product', 'competitor'] as const;
export type NameType = (typeof NAME_TYPES)[number];

/** The company's active names of one type, for a person to choose from. */
export async function loadNames(
  { database }: Pick<Platform, 'database'>,
  type: NameType,
): Promise<ChoosableName[]> {
  const { accounts, contacts, products, competitors } = await loadVocabulary(database);
  switch (type) {
    case 'account':
      return [...accounts].map(([id, { name, city }]) => ({ id, name, note: city, account: null }));
    case 'person':
      return [...contacts].map(([id, { name, title, account }]) => ({
        id,
        name,
        note: [title, accounts.get(account)?.name].filter(Boolean).join(', '),
        account,
      }));
    case 'product':
    case 'competitor':
      return [...(type === 'product' ? products : competitors)].map(([id, { name }]) => ({
        id,
        name,
        note: '',
        account: null,
      }));
  }
}
