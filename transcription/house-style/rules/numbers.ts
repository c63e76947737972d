import { beginsSentence, type Found, type HouseRule } from '../change.ts';
import { type Figure, readFigures, writeFigure } from '../read-figures.ts';

export const percentRule: HouseRule = {
  key: 'percent',
  title: 'Percentages in figures with the sign',
  section: 'measures',
  examples: [
    ['It went up 10 percent.', 'It went up 10%.'],
    ['It went up ten per cent.', 'It went up 10%.'],
    ['It is 10 % now.', 'It is 10% now.'],
    ['About five point five percent.', 'About 5.5%.'],
    ['From five to ten percent.', 'From five to 10%.'],
    ['Ten percent of them left.', 'Ten percent of them left.'],
    ['Up three percentage points.', 'Up three percentage points.'],
    ['Two and a half percent more.', 'Two and a half percent more.'],
  ],
  find(text) {
    return readFigures(text).flatMap((figure) => {
      const [unit, second] = figure.next;
      const isHalf = figure.previous === 'half' || figure.loose;
      if (!unit || isHalf || figure.short) return [];
      const isSign = unit.lower === '%' && unit.gap !== '';
      const isWord = unit.lower === 'percent' && unit.gap === ' ';
      const isTwo = unit.lower === 'per' && second?.lower === 'cent' && unit.gap === ' ';
      if (!(isSign || isWord || isTwo) || !/^\s*$/.test(unit.gap)) return [];
      if (figure.inWords && beginsSentence(text, figure.start)) return [];
      const end = isTwo && second ? second.end : unit.end;
      return [{ start: figure.start, end, after: `${writeFigure(figure)}%` }];
    });
  },
};

const UNITS = new Set(
  `inch inches foot feet yard yards mile miles acre acres gallon gallons quart quarts barrel barrels pound pounds ounce
  ounces ton tons kilo kilos kilogram kilograms meter meters centimeter centimeters millimeter millimeters kilometer
  kilometers liter liters degree degrees volt volts amp amps watt watts kilowatt kilowatts horsepower psi gpm rpm
  horse hp`.split(/\s+/),
);

export const measuresRule: HouseRule = {
  key: 'measures',
  title: 'Measures in figures',
  section: 'measures',
  examples: [
    ['A run of twelve inch pipe.', 'A run of 12 inch pipe.'],
    ['It pumps five hundred gallons.', 'It pumps 500 gallons.'],
    ['We ship 12000 gallons.', 'We ship 12,000 gallons.'],
    ['The three-inch line.', 'The 3-inch line.'],
    ['It is a hundred degrees out.', 'It is a hundred degrees out.'],
    ['Four or five miles out.', 'Four or five miles out.'],
    ['The CR-400 gallons.', 'The CR-400 gallons.'],
  ],
  find(text) {
    return readFigures(text).flatMap((figure) => {
      const [unit] = figure.next;
      if (!unit || !/^[ -]$/.test(unit.gap) || !UNITS.has(unit.lower)) return [];
      if (figure.loose || figure.short || figure.paired || figure.dollars) return [];
      if (unit.lower === 'foot' && figure.next[1]?.lower === 'in') return [];
      if (figure.inWords && beginsSentence(text, figure.start)) return [];
      return change(text, figure);
    });
  },
};

/** Words behind a number that make it loose, or another thing than a number. */
const LOOSE =
  /^(or|odd|something|some|plus|ish|percent|per|dollars?|o'clock|cents?|point|hundred|thousand|million|billion)$/;

export const fromTenRule: HouseRule = {
  key: 'numbers-from-ten',
  title: 'Numbers from 10 in figures',
  section: 'numbers',
  examples: [
    ['They run twenty-three pumps.', 'They run 23 pumps.'],
    ['He has two hundred and fifty cows.', 'He has 250 cows.'],
    ['They want fifteen hundred units.', 'They want 1,500 units.'],
    ['They run three pumps.', 'They run three pumps.'],
    ['Twenty of them came.', 'Twenty of them came.'],
    ['A hundred times I told him.', 'A hundred times I told him.'],
    ['In twenty twenty-six we start.', 'In twenty twenty-six we start.'],
    ['Eight to ten people came.', 'Eight to ten people came.'],
    ['Twenty-nine fifty apiece.', 'Twenty-nine fifty apiece.'],
    ['It was twenty odd people.', 'It was twenty odd people.'],
    ['They have two million of them.', 'They have 2 million of them.'],
  ],
  find(text) {
    return readFigures(text).flatMap((figure) => {
      if (!figure.inWords || figure.value < 10 || figure.loose || figure.short || figure.paired) return [];
      const [next] = figure.next;
      if (next && (LOOSE.test(next.lower) || next.gap === '-')) return [];
      if (/^(couple|few|several|the|nine|point)$/.test(figure.previous)) return [];
      if (beginsSentence(text, figure.start)) return [];
      return change(text, figure);
    });
  },
};

const SPANS =
  /^(days?|weeks?|months?|years?|people|guys|times|visits|calls|meetings|customers|accounts|sites|orders|quotes)$/;
const LABELS =
  /^(phase|type|step|unit|model|number|no|version|section|page|line|level|tier|option|chapter|table|item|building|suite|room|route|highway|exit|gate|bay|lot|point|class|grade|size|zone|district|day|week|month|year|to|or|and|at|by|x|of)$/;
const WORDS = 'zero one two three four five six seven eight nine'.split(' ');

export const belowTenRule: HouseRule = {
  key: 'numbers-below-ten',
  title: 'One to nine in words',
  section: 'numbers',
  examples: [
    ['They need it in 3 weeks.', 'They need it in three weeks.'],
    ['I made 2 visits.', 'I made two visits.'],
    ['In phase 2 people ask.', 'In phase 2 people ask.'],
    ['The 4 mile run.', 'The 4 mile run.'],
    ['It takes 2 to 12 weeks.', 'It takes 2 to 12 weeks.'],
    ['In 12 weeks.', 'In 12 weeks.'],
  ],
  find(text) {
    return readFigures(text).flatMap((figure) => {
      const [next] = figure.next;
      if (figure.inWords || figure.decimals !== null || figure.dollars || figure.paired) return [];
      if (figure.value < 1 || figure.value > 9 || !next || next.gap !== ' ' || !SPANS.test(next.lower))
        return [];
      if (LABELS.test(figure.previous) || figure.end - figure.start > 1) return [];
      const word = WORDS[figure.value] ?? '';
      const isFirst = beginsSentence(text, figure.start);
      const after = isFirst ? word.charAt(0).toUpperCase() + word.slice(1) : word;
      return [{ start: figure.start, end: figure.end, after }];
    });
  },
};

/** The figure as the house writes it, with millions as a word; nothing when it stands so already. */
function change(text: string, figure: Figure): Found[] {
  const millions = figure.value / 1e6;
  const after =
    figure.inWords && millions >= 1 && Number(millions.toFixed(2)) === millions
      ? `${millions} million`
      : writeFigure(figure);
  const before = text.slice(figure.start, figure.end);
  if (before === after || (/million$/.test(after) && /^[\d.,]+ million$/.test(before))) return [];
  return [{ start: figure.start, end: figure.end, after }];
}
