import { describe, expect, it } from 'vitest';
import { analyze, prepareVocabulary } from '../../../transcription/thought-units/analyze.ts';
import type { Vocabulary } from '../../../transcription/thought-units/types.ts';

const vocabulary: Vocabulary = {
  company: 'Northlight Dental Supply',
  industry: 'Dental chairs and imaging',
  reps: [{ id: 'r1', name: 'Paula Reyes', territory: 'Oregon', region: 'West' }],
  accounts: [
    {
      id: 'a1',
      name: 'Cedar Family Dental LLC',
      aliases: ['Cedar Family', 'the clinic'],
      city: 'Salem',
      state: 'OR',
      region: 'West',
      lifecycle: 'active',
    },
    {
      id: 'a2',
      name: 'Cedar Hills Orthodontics',
      aliases: ['Cedar Hills'],
      city: 'Bend',
      state: 'OR',
      region: 'West',
      lifecycle: 'lead',
    },
    {
      id: 'a3',
      name: 'Rogue Smiles',
      aliases: ['Rogue'],
      city: 'Medford',
      state: 'OR',
      region: 'West',
      lifecycle: 'active',
    },
  ],
  contacts: [
    { id: 'c1', name: 'Nora Quist', account: 'a1', title: 'Owner' },
    { id: 'c2', name: 'Ben Hale', account: 'a1', title: 'Office Manager' },
    { id: 'c3', name: 'Ben Ostrow', account: 'a2', title: 'Partner' },
    { id: 'c4', name: 'Irene Vann', account: 'a3', title: 'Buyer' },
  ],
  products: [
    { id: 'p1', name: 'Comfort 70 Chair', aliases: ['the Comfort', 'the seventy'] },
    { id: 'p2', name: 'ScanPro Panoramic', aliases: ['ScanPro', 'the panoramic'] },
  ],
  competitors: [{ id: 'k1', name: 'Dentalux GmbH', aliases: ['Dentalux', 'the Germans'] }],
};
const lexicon = prepareVocabulary(vocabulary);
const read = (transcript: string) =>
  analyze({ transcript, callDate: '2026-03-18', rep: 'r1', vocabulary: lexicon }).fields;
const values = <T>(items: { value: T }[]): T[] => items.map(({ value }) => value);

describe('accounts', () => {
  it.each([
    ['Paula here, Cedar Family Dental, I saw Nora today.', 'a1'],
    ['Visit to Cedar Hills in Bend. They need two chairs.', 'a2'],
    ['This is Cedar Hills, not Cedar Family. Ben was out.', 'a2'],
    ['Quick one on the clinic. Ben Hale called me.', 'a1'],
    ['I stopped in to see Irene Vann this morning. She wants a quote.', 'a3'],
  ])('%s', (text, id) => expect(read(text).account?.value).toBe(id));
  it('none when nothing points anywhere', () =>
    expect(read('They need two chairs by May.').account).toBeNull());
});

describe('contacts', () => {
  it('first names mean the people of the account', () => {
    expect(values(read('Paula here with Cedar Hills. Ben wants a demo.').contacts)).toEqual(['c3']);
    expect(
      values(read('Paula here with Cedar Family. Ben wants a demo and Dr. Quist agrees.').contacts),
    ).toEqual(['c2', 'c1']);
  });
  it('somebody else with a known first name is not the contact', () => {
    expect(
      values(read('Paula here with Cedar Family. I met Ben Stoddard, the new hygienist.').contacts),
    ).toEqual([]);
  });
  it('a person of another account counts when named in full', () => {
    expect(values(read('Cedar Family today. Nora knows Irene Vann from school.').contacts)).toEqual([
      'c1',
      'c4',
    ]);
  });
});

describe('new contacts', () => {
  it.each([
    ['Cedar Family visit. I met the new office manager, Tessa Lindgren.', ['Tessa Lindgren']],
    ['Cedar Family visit. There is a man in the back named Oscar Pruett.', ['Oscar Pruett']],
    ['Cedar Family visit. Our trainer, Mark, comes Monday.', []],
    ['Cedar Family visit. They have a cat named Molly.', []],
    ['Cedar Family visit. They ordered it for San Mateo.', []],
    ['Cedar Family visit. Nora Quist called me on Tuesday.', []],
    ['Cedar Family visit. It goes past a Lieutenant Garza, and he reads slowly.', ['Garza']],
    ['Cedar Family visit. Her sister Imelda runs the front desk.', ['Imelda']],
    ['Cedar Family visit. Her sister Imelda bakes a good pie.', []],
    ['Cedar Family visit. Their night man, Osgood, let me in.', ['Osgood']],
    ['Cedar Family visit. I was introduced to Mary-Lou Finch, that keeps the books.', ['Mary-Lou Finch']],
    ['Cedar Family visit. Our field engineer, Mr. Tolman, will look at it.', []],
    ['Cedar Family visit. They have an outside consultant, Brenda Kerr, who reads every bid.', []],
    ['Cedar Family visit. Ruthie up front says he means it.', ['Ruthie']],
  ])('%s', (text, names) => expect(values(read(text).newContacts)).toEqual(names));
});

describe('products and competitors', () => {
  it('by name, alias and plural', () => {
    const fields = read(
      'Cedar Family visit. They have two ScanPros and they love the seventy. The Germans are cheaper.',
    );
    expect(values(fields.products)).toEqual(['p2', 'p1']);
    expect(values(fields.competitors)).toEqual(['k1']);
  });
  it('an alias of ordinary words needs its article', () => {
    expect(values(read('Cedar Family visit. About seventy people work there.').products)).toEqual([]);
  });
  it('a competitor who is not in the list', () => {
    expect(
      values(
        read('Cedar Family visit. They got a flyer from an outfit called Brightchair Systems.')
          .newCompetitors,
      ),
    ).toEqual(['Brightchair Systems']);
    expect(
      values(read('Cedar Family visit. They buy their film from Western Dental Supply.').newCompetitors),
    ).toEqual(['Western Dental Supply']);
  });
});

describe('a seller who is not in the list', () => {
  it.each([
    ['Cedar Family visit. They get their gloves now and then from Bright Hollow.', ['Bright Hollow']],
    ['Cedar Family visit. She had a visit from somebody from Tall Oak Imaging.', ['Tall Oak Imaging']],
    ['Cedar Family visit. There is a thing called Chairside Pay.', ['Chairside Pay']],
  ])('%s', (text, names) => expect(values(read(text).newCompetitors)).toEqual(names));
});

describe('whose step it is', () => {
  it.each([
    ['Cedar Family visit. Parts is sending her a new tray tomorrow.', 'colleague'],
    ['Cedar Family visit. The warehouse will ship the second chair on Monday.', 'colleague'],
    ['Cedar Family visit. Service manager is going to call Nora by Friday.', 'colleague'],
  ])('%s', (text, owner) => expect(read(text).nextSteps.at(-1)?.value.owner).toBe(owner));
});

describe('spans', () => {
  it('point at the words that were said', () => {
    const text = 'Cedar Family visit. I quoted $900 for ScanPro.\n\nI will send it to Nora by Friday.';
    const fields = read(text);
    const said = (item: { span: { start: number; end: number } | null } | undefined) =>
      item?.span && text.slice(item.span.start, item.span.end);
    expect(said(fields.products[0])).toBe('ScanPro');
    expect(said(fields.amounts[0])).toBe('$900');
    expect(said(fields.contacts[0])).toBe('Nora');
    expect(said(fields.account ?? undefined)).toBe('Cedar Family');
  });
});
