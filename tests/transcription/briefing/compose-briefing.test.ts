import { describe, expect, test } from 'vitest';
import {
  type Briefing,
  composeBriefing,
  WORD_BUDGET,
} from '../../../transcription/briefing/compose-briefing.ts';
import type { BriefingFacts } from '../../../transcription/briefing/facts.ts';
import { wordsIn } from '../../../transcription/briefing/quote-unit.ts';
import { DALE, facts, guessed, promise, report, unit } from './facts-kit.ts';

function spoken(briefing: Briefing): string[] {
  return briefing.sentences.map(({ frame, quote }) => (quote === null ? frame : `${frame} ${quote.text}`));
}
const say = (more: Partial<BriefingFacts>, language = 'en-US') =>
  spoken(composeBriefing(facts(more), language));

describe('nothing is made up', () => {
  test('of an account that nobody reported on there is nothing to tell', () => {
    expect(composeBriefing(facts(), 'en-US')).toMatchObject({ sentences: [], words: 0 });
  });
  test('a sentence holds what was said, word by word', () => {
    const [sentence] = composeBriefing(
      facts({ reports: [report('r1', { units: [unit(1, 'Shelby keeps bees.', 'account-background')] })] }),
      'en-US',
    ).sentences.slice(1);
    expect(sentence).toEqual({
      kind: 'background',
      isConfirmed: true,
      frame: 'Good to know:',
      quote: { text: 'Shelby keeps bees.', language: 'en-US' },
      reportId: 'r1',
      unit: 1,
    });
  });
});

describe('the last meeting', () => {
  const met = (more: Parameters<typeof report>[1], language?: string) =>
    say({ reports: [report('r1', more)] }, language);
  const people = (...names: string[]) => names.map((name) => ({ name, isConfirmed: true }));
  test.each<[string, Parameters<typeof report>[1], string, string]>([
    [
      'one person',
      {},
      'You last met Ann Lee last Monday.',
      'Su último contacto fue el lunes pasado, con Ann Lee.',
    ],
    [
      'two, and how it went',
      { people: people('Ann Lee', 'Bob Ray'), sentiment: -1 },
      'You last met Ann Lee and Bob Ray last Monday, and it went badly.',
      'Su último contacto fue el lunes pasado, con Ann Lee y Bob Ray, y salió mal.',
    ],
    [
      'more than four: the first four',
      { people: people('Al', 'Bo', 'Cy', 'Di', 'Ed'), sentiment: 1 },
      'You last met Al, Bo, Cy and Di last Monday, and it went well.',
      'Su último contacto fue el lunes pasado, con Al, Bo, Cy y Di, y salió bien.',
    ],
    [
      'by phone',
      { meetingType: 'phone', day: '2026-06-03' },
      'You last talked by phone with Ann Lee on June third.',
      'Su último contacto fue el 3 de junio por teléfono, con Ann Lee.',
    ],
    [
      'a colleague',
      { speaker: DALE, day: '2026-11-17' },
      'Dale Hutchins last met Ann Lee yesterday.',
      'El último contacto, de Dale Hutchins, fue ayer, con Ann Lee.',
    ],
    [
      'nobody named',
      { people: [] },
      'You last reported from there last Monday.',
      'Su último contacto fue el lunes pasado.',
    ],
  ])('%s', (_who, more, english, spanish) => {
    expect(met(more)).toEqual([english]);
    expect(met(more, 'es-US')).toEqual([spanish]);
  });
  test('people whom nobody confirmed are left out where others are confirmed', () => {
    const both = { people: [{ name: 'Al Ott', isConfirmed: false }, ...people('Ann Lee')] };
    expect(met(both)).toEqual(['You last met Ann Lee last Monday.']);
  });
  test('where nobody confirmed any, that is said', () => {
    expect(met({ people: [{ name: 'Al Ott', isConfirmed: false }] })).toEqual([
      'Not confirmed yet: you last met Al Ott last Monday.',
    ]);
    expect(met({ isDayConfirmed: false }, 'es-US')).toEqual([
      'Sin confirmar: su último contacto fue el lunes pasado, con Ann Lee.',
    ]);
  });
  test('the newest one only', () => {
    const older = report('r2', { day: '2026-10-01', people: people('Old Joe') });
    expect(say({ reports: [report('r1'), older] })).toEqual(['You last met Ann Lee last Monday.']);
  });
});

describe('what was promised', () => {
  test.each<[string, Parameters<typeof promise>[1], string, string]>([
    ['by the listener', {}, 'You promised, due on Friday:', 'Usted prometió, para el viernes:'],
    [
      'past its day',
      { due: '2026-11-13' },
      'You promised, and it was due last Friday:',
      'Usted prometió, y era para el viernes pasado:',
    ],
    ['without a day', { due: null }, 'You promised, last Monday:', 'Usted prometió, el lunes pasado:'],
    [
      'by another rep',
      { speaker: DALE },
      'Dale Hutchins promised, due on Friday:',
      'Dale Hutchins prometió, para el viernes:',
    ],
    [
      'by a colleague',
      { owner: 'colleague' },
      'A colleague of ours is to do it, due on Friday:',
      'Un colega nuestro lo hará, para el viernes:',
    ],
    [
      'by them',
      { owner: 'customer' },
      'They promised, due on Friday:',
      'Ellos prometieron, para el viernes:',
    ],
    [
      'unconfirmed',
      { isConfirmed: false },
      'Not confirmed yet: you promised, due on Friday:',
      'Sin confirmar: usted prometió, para el viernes:',
    ],
  ])('%s', (_by, more, english, spanish) => {
    const given = { promises: [promise('I send the curve.', more)] };
    expect(say(given)).toEqual([`${english} I send the curve.`]);
    expect(say(given, 'es-US')).toEqual([`${spanish} I send the curve.`]);
  });
  test.each<[string, Parameters<typeof promise>[1]]>([
    ['due in more than two weeks', { due: '2026-12-03' }],
    ['without a day and older than two months', { due: null, said: '2026-09-01' }],
  ])('%s it can wait', (_what, more) => {
    expect(say({ promises: [promise('I send the curve.', more)] })).toEqual([]);
  });
  test('ours go before theirs, each in the order given', () => {
    expect(
      say({
        promises: [
          promise('They order.', { owner: 'customer' }),
          promise('I call.'),
          promise('I write.', { due: '2026-11-19' }),
        ],
      }),
    ).toEqual([
      'You promised, due on Friday: I call.',
      'You promised, due tomorrow: I write.',
      'They promised, due on Friday: They order.',
    ]);
  });
  test('a clause is told with its sentence, and a sentence with two promises once', () => {
    const units = [unit(1, 'I call Bonnie Monday', 'next-step'), unit(2, 'and write to both.', 'next-step')];
    expect(
      say({
        reports: [report('r1', { units, people: [] })],
        promises: [
          promise('I call Bonnie Monday', { unit: 1 }),
          promise('and write to both.', { unit: 2, due: '2026-11-19' }),
        ],
      }).slice(1),
    ).toEqual(['You promised, due on Friday: I call Bonnie Monday and write to both.']);
  });
});

describe('complaints, competitors, prices, people', () => {
  const units = [
    unit(1, 'The seals leak.', 'complaint'),
    unit(2, 'They may leave us.', 'objection-risk'),
    unit(3, 'Ironwood has offered it free.', 'competitor', { competitors: ['Ironwood Pumps'] }),
    unit(4, 'They gave them a pump.', 'competitor', { competitors: ['Ironwood Pumps'] }),
    unit(5, 'Ours is at ninety-six thousand.', 'pricing'),
    unit(6, 'Shelby keeps bees.', 'account-background'),
  ];
  test('in this order', () => {
    expect(say({ reports: [report('r1', { units })] })).toEqual([
      'You last met Ann Lee last Monday.',
      'Open complaint: The seals leak.',
      'A risk: They may leave us.',
      'Competition: Ironwood has offered it free.',
      'Ironwood Pumps: They gave them a pump.',
      'On prices: Ours is at ninety-six thousand.',
      'Good to know: Shelby keeps bees.',
    ]);
  });
  test('in Spanish the frame is, and what was said stays as it was said', () => {
    const briefing = composeBriefing(facts({ reports: [report('r1', { units })] }), 'es-US');
    expect(spoken(briefing).slice(1)).toEqual([
      'Queja abierta: The seals leak.',
      'Un riesgo: They may leave us.',
      'Competencia: Ironwood has offered it free.',
      'Ironwood Pumps: They gave them a pump.',
      'Sobre precios: Ours is at ninety-six thousand.',
      'Bueno saberlo: Shelby keeps bees.',
    ]);
    expect(briefing.sentences[1]?.quote?.language).toBe('en-US');
  });
  test('the day and the name are said where they are not those of the last meeting', () => {
    const theirs = report('r2', { speaker: DALE, day: '2026-10-02', units: units.slice(0, 4) });
    expect(say({ reports: [report('r1', { speaker: DALE }), theirs] })).toEqual([
      'Dale Hutchins last met Ann Lee last Monday.',
      'Open complaint, on October second, from Dale Hutchins: The seals leak.',
      'A risk, on October second, from Dale Hutchins: They may leave us.',
      'Competition, on October second, from Dale Hutchins: Ironwood has offered it free.',
      'Ironwood Pumps, on October second, from Dale Hutchins: They gave them a pump.',
    ]);
    expect(say({ reports: [report('r1'), theirs] }, 'es-US')[1]).toBe(
      'Queja abierta, el 2 de octubre, de Dale Hutchins: The seals leak.',
    );
  });
  test('what is too short to tell something comes last', () => {
    const said = [
      unit(1, 'Not good.', 'pricing'),
      unit(2, 'We are at ninety-six thousand.', 'pricing'),
      unit(3, 'They want two percent off.', 'pricing'),
    ];
    expect(say({ reports: [report('r1', { units: said })] }).slice(1)).toEqual([
      'On prices: We are at ninety-six thousand.',
      'On prices: They want two percent off.',
    ]);
  });
  test('the newest report first, ties in the order in which they were said', () => {
    const prices = (reportId: string, day: string) =>
      report(reportId, {
        day,
        units: [unit(1, `${reportId} one.`, 'pricing'), unit(2, `${reportId} two.`, 'pricing')],
      });
    expect(say({ reports: [prices('New', '2026-11-16'), prices('Old', '2026-10-02')] }).slice(1)).toEqual([
      'On prices: New one.',
      'On prices: New two.',
    ]);
  });
  test('what a unit is mainly about goes before what it also touches', () => {
    const also = unit(1, 'We lost on price.', 'objection-risk');
    also.codes.push({ code: 'pricing', isConfirmed: true });
    const given = report('r1', {
      sentiment: 1,
      units: [also, unit(2, 'Ours is at ten thousand.', 'pricing')],
    });
    expect(say({ reports: [given] }).slice(1)).toEqual([
      'On prices: Ours is at ten thousand.',
      'On prices: We lost on price.',
    ]);
  });
  test('a unit of two kinds is told once', () => {
    const both = unit(1, 'Ironwood is cheaper.', 'competitor');
    both.codes.push({ code: 'pricing', isConfirmed: true });
    expect(say({ reports: [report('r1', { units: [both] })] })).toHaveLength(2);
  });
  test('only what was confirmed, though what was guessed is newer', () => {
    const newer = report('new', { units: [guessed(1, 'Guessed.', 'pricing')] });
    const older = report('old', { day: '2026-10-01', units: [unit(1, 'Confirmed.', 'pricing')] });
    expect(say({ reports: [newer, older] }).slice(1)).toEqual(['On prices, on October first: Confirmed.']);
  });
  test('where nothing of a kind is confirmed, the newest guess is told as one', () => {
    const guesses = report('r1', {
      units: [guessed(1, 'First guess.', 'pricing'), guessed(2, 'Second guess.', 'pricing')],
    });
    expect(say({ reports: [guesses] }).slice(1)).toEqual(['Not confirmed yet: on prices: First guess.']);
  });
  test('service and risk told of after a good meeting are no open complaint; a complaint is', () => {
    const good = report('r1', {
      sentiment: 1,
      units: [
        unit(1, 'We shipped on time.', 'service-delivery'),
        unit(2, 'He may still go elsewhere.', 'objection-risk'),
        unit(3, 'The paint peels.', 'complaint'),
      ],
    });
    expect(say({ reports: [good] }).slice(1)).toEqual(['Open complaint: The paint peels.']);
  });
  test('our things are complained about only when the meeting went badly', () => {
    const said = [unit(1, 'The seals went out three times.', 'product-feedback')];
    expect(say({ reports: [report('r1', { sentiment: 0, units: said })] })).toHaveLength(1);
    expect(say({ reports: [report('r1', { sentiment: -1, units: said })] })[1]).toBe(
      'Open complaint: The seals went out three times.',
    );
  });
  test('of service, things and risk one each before a second of any', () => {
    const said = [
      unit(1, 'The seals went out three times.', 'product-feedback'),
      unit(2, 'The brine filled the whole pit.', 'product-feedback'),
      unit(3, 'He will buy from somebody else.', 'objection-risk'),
      unit(4, 'Nobody called him back that night.', 'service-delivery'),
      unit(5, 'We shipped them two weeks late.', 'service-delivery'),
    ];
    expect(say({ reports: [report('r1', { sentiment: -1, units: said })] }).slice(1)).toEqual([
      'Open complaint: Nobody called him back that night.',
      'Open complaint: The seals went out three times.',
      'A risk: He will buy from somebody else.',
    ]);
  });
  test('a complaint of more than half a year ago is history', () => {
    const old = report('r1', { day: '2026-05-01', units: [unit(1, 'The seals leak.', 'complaint')] });
    expect(say({ reports: [old] })).toHaveLength(1);
  });
});

describe('under a minute', () => {
  const words = (count: number, first: string) =>
    `${[first, ...Array.from({ length: count - 1 }, () => 'word')].join(' ')}.`;
  const much = report('r1', {
    units: ['complaint', 'competitor', 'pricing', 'account-background'].flatMap((code, kind) =>
      [1, 2, 3].map((nth) => unit(kind * 3 + nth, words(20, `${code}-${nth}`), code)),
    ),
  });
  const promises = [1, 2, 3].flatMap((nth) => [
    promise(words(20, `ours-${nth}`)),
    promise(words(20, `theirs-${nth}`), { owner: 'customer' }),
  ]);
  test('the first of each kind is told before the second of any', () => {
    const briefing = composeBriefing(facts({ reports: [much], promises }), 'en-US');
    expect(briefing.sentences.map(({ kind }) => kind)).toEqual([
      'meeting',
      'promised_by_us',
      'promised_by_them',
      'complaint',
      'competitor',
      'price',
      'background',
    ]);
    expect(briefing.words).toBeLessThanOrEqual(WORD_BUDGET);
  });
  test.each(['en-US', 'es-US'])('whatever is on file, %s', (language) => {
    for (const length of [1, 5, 9, 14, 23, 40, 200]) {
      const long = report('r1', {
        units: ['complaint', 'competitor', 'pricing', 'account-background'].flatMap((code, kind) =>
          [1, 2, 3].map((nth) => unit(kind * 3 + nth, words(length, 'Word'), code)),
        ),
      });
      const briefing = composeBriefing(facts({ reports: [long], promises }), language);
      expect(briefing.words).toBeLessThanOrEqual(WORD_BUDGET);
      const counted = spoken(briefing).reduce((sum, sentence) => sum + wordsIn(sentence), 0);
      expect(briefing.words).toBe(counted);
      expect(briefing.sentences[0]?.kind).toBe('meeting');
    }
  });
});
