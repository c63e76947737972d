/** Names that are hard to hear, and cases by hand: what was typed, and what it should call up. */
const SURNAMES =
  `Koehler Knutson Pfeiffer Psaltis Wright Wrigley Schmidt Schroeder Thibodeaux Nguyen Xiong Jimenez
  Guadalupe Villarreal Quintana Zuniga Nuñez Ibañez Hinojosa Yturri Cervantes Guerrero Echeverria Vasquez Vazquez
  Rhodes Phillips Stephens Gauthier Boudreaux Leblanc Beauchamp Dvorak Kowalczyk Wojcik Szymanski Czarnecki Kjellberg
  Bjornstad Halvorsen Mikkelsen Andreasen Haugen Schaefer Meier Mayer Meyer Baumgartner Oppenheimer Rosenthal Weiss
  Hochstetler Yoder Stoltzfus Kauffman Eisenhower Gallagher Callaghan Monaghan Dougherty McLaughlin MacLeod Featherstone
  Leicester Worcester Cholmondeley Featherston Buchanan Urquhart Farquhar Colquhoun Okafor Adeyemi Oyelaran Nakamura
  Watanabe Takahashi Hashimoto Zhang Zhao Huang Patel Krishnan Subramanian Chaudhry Qureshi Hussein Delacroix Desjardins`
    .split(/\s+/)
    .filter(Boolean);
const TRADES =
  'Hydraulics,Pump Supply,Irrigation,Dairy,Farms,Water District,Well Service,Industrial,Cattle,Foods'.split(
    ',',
  );

export interface HardName {
  name: string;
  /** Which of its words are said for it. */
  said: readonly string[];
}

const FIRST_NAMES = ['Rosa', 'Dale', 'Greg', 'Maria', 'Travis'];

/** A company and a person of each surname: names that compete with each other. */
export function hardNames(): HardName[] {
  return SURNAMES.flatMap((surname, index) => {
    const trade = TRADES[index % TRADES.length] ?? '';
    const first = FIRST_NAMES[index % FIRST_NAMES.length] ?? '';
    return [
      { name: `${surname} ${trade}`, said: [surname, trade.split(' ')[0] ?? ''] },
      // By the first name: half of the people here have it.
      { name: `${first} ${surname}`, said: [`${first} ${surname}`] },
    ];
  });
}

/** Cases by hand: what was typed, and the word of the name that it must call up first; '' for nothing at all. */
export const BY_HAND: readonly (readonly [typed: string, name: string])[] = [
  ['the people at koler hidrolics', 'Koehler'],
  ['that is K O E H L E R', 'Koehler'],
  ['spelled k-o-e-h-l', 'Koehler'],
  ['its K. O. E. H. L. E. R.', 'Koehler'],
  ['went to nutson', 'Knutson'],
  ['saw fifer', 'Pfeiffer'],
  ['by saltis', 'Psaltis'],
  ['at rhite farms', 'Wright'],
  ['talked to himenez', 'Jimenez'],
  ['with heemenez', 'Jimenez'],
  ['over at via real', 'Villarreal'],
  ['the nunyez', 'Nuñez'],
  ['about inohosa', 'Hinojosa'],
  ['for wadalupe', 'Guadalupe'],
  ['from three em', '3M'],
  ['the 3m', '3M'],
  ['the forty seven', 'Forty-Seven'],
  ['at 47 ranch', 'Forty-Seven'],
  ['mid states', 'Midstates'],
  ['aqua lift', 'Aqua Lift'],
  ['double tee', 'Double T'],
  ['tibbadoe', 'Thibodeaux'],
  ['and then he said', ''],
  ['we will see', ''],
];

export const EXTRA_NAMES: readonly HardName[] = [
  '3M',
  'Forty-Seven Ranch',
  'Midstates Pump Supply',
  'Aqua Lift',
  'Double T',
].map((name) => ({ name, said: [] }));
