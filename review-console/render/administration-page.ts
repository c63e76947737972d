import { ADMINISTRATION } from '../navigation.ts';
import type { PageData } from './pages.ts';

/** The data of an administration screen: its own, and the row of its neighbors. */
export function administrationPage<Data extends object>(
  key: string,
  title: string,
  data: Data,
): PageData & Data {
  return {
    ...data,
    title,
    nav: 'administration',
    subnav: ADMINISTRATION.map((part) => ({ ...part, current: part.key === key })),
    subnavLabel: 'Administration',
  };
}
