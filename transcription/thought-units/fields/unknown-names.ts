/** Capitalized names that the vocabulary does not hold, whoever or whatever they are of. */

import type { Lexicon } from '../lexicon.ts';
import type { UnitSpan } from '../splitting/split-units.ts';
import { isCapitalized, type Token } from '../tokens.ts';
import type { Mention } from './find-mentions.ts';
import type { Person } from './find-people.ts';

/** A name with its place: tokens `from` to before `to`, in that unit. */
export interface UnknownName {
  name: string;
  from: number;
  to: number;
  unit: number;
}

/** Of whom or what it is, with how likely that is and why. */
export interface NewName extends UnknownName {
  confidence: number;
  why: string;
}

const set = (words: string) => new Set(words.split(' '));
const NEVER = set(
  "i i'm i've i'll i'd he she it we they you the a an and but so or yes no okay ok well anyway oh hey hi hello now then also still first second third last next both each every everyone everybody nobody somebody monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas easter thanksgiving engineering purchasing finance legal credit sales marketing operations corporate it hr accounting quality returns service management shipping procurement logistics labor day memorial new year's eve god english spanish american german swedish french canadian mexican chinese japanese italian british street avenue road highway drive building line unit no ceo cfo coo cto cio vp mr mrs ms dr miss q1 q2 q3 q4 fda usda osha epa",
);
/** What a company's name is likely to hold. */
const COMPANY_WORD =
  /^(?:inc|llc|corp|co|company|group|systems?|solutions?|supply|supplies|works|services?|industries|industrial|technologies|technology|tech|software|labs?|laboratories|partners|holdings|equipment|manufacturing|mfg|products?|materials|chemicals?|medical|health|healthcare|pharma|foods?|farms?|logistics|freight|trucking|transport|electric|electrical|power|energy|controls?|automation|robotics|instruments?|devices?|dynamics|networks?|telecom|telemetry|communications|data|cloud|analytics|security|insurance|bank|financial|capital|credit|media|print(?:ing)?|packaging|paper|steel|metals?|plastics?|glass|tools?|fasteners?|parts|motors?|machin(?:e|ery)|pumps?|valves?|fittings?|feed|seed|dental|optical|surgical|imaging|diagnostics|biotech|sciences?|scientific|environmental|waste|water|gas|oil|chemical|construction|builders|roofing|lumber|concrete|design|studios?|consulting|associates|brothers|bros|sons|international|global|national|american|united|direct|depot|warehouse|distribut(?:ion|ors?|ing)|wholesale|trading|imports?|exports?|brands?|beverages?|coffee|bakery|dairy|meats?|produce|seafood|wines?|express|freight|carriers?|lines|airlines|brewing|uniforms?|linens?|textiles?|furniture|flooring|lighting|signs?|hvac|air|heating|cooling|refrigeration|elevators?|fire|safety|alarms?|storage|leasing|rentals?|staffing|travel|ab|gmbh|ag|sa)$/i;
/** "an outfit called ..." */
export const NAMED = set('named called');

/** A word without its endings. */
export const plain = (token: Token): string =>
  token.lower.replace(/'s$|s'$|'$/, '').replace(/'(?:ll|d|re|ve|m)$/, '');
const display = (token: Token): string => token.text.replace(/['’](?:s|ll|d|re|ve|m)?$/, '');

/** "Mary-Lou Finch" as it was written. */
const written = (run: readonly Token[]): string =>
  run
    .map((token, i) => display(token) + (i === run.length - 1 ? '' : token.gap === '-' ? '-' : ' '))
    .join('');

const titleOf = (token: Token | undefined): string =>
  token ? `${token.text}${token.gap.startsWith('.') ? '.' : ''}` : '';

/** Runs of capitalized words that no known thing covers. */
export function unknownNames(
  tokens: readonly Token[],
  units: readonly UnitSpan[],
  taken: ReadonlySet<number>,
  lexicon: Lexicon,
): UnknownName[] {
  const names: UnknownName[] = [];
  units.forEach((unit, index) => {
    for (let i = unit.fromToken; i < unit.toToken; i++) {
      if (!opensName(tokens, i, unit, taken, lexicon)) continue;
      let to = i + 1;
      while (to < unit.toToken && continuesName(tokens, to, taken)) to++;
      const run = tokens.slice(i, to);
      const title = KEPT_TITLE.test(tokens[i - 1]?.lower ?? '') ? `${titleOf(tokens[i - 1])} ` : '';
      names.push({
        name: title + written(run),
        from: i,
        to,
        unit: index,
      });
      i = to - 1;
    }
  });
  return names;
}

function opensName(
  tokens: readonly Token[],
  i: number,
  unit: UnitSpan,
  taken: ReadonlySet<number>,
  lexicon: Lexicon,
): boolean {
  const token = tokens[i];
  if (!token || taken.has(i) || !isCapitalized(token) || NEVER.has(plain(token)) || token.text.length < 2)
    return false;
  // "Captain Ward": the name begins after the rank.
  if (RANK.test(token.lower) || (/^(?:coach|chief)$/.test(token.lower) && !isCapitalized(tokens[i + 1])))
    return false;
  if (/^[A-Z0-9&.-]+$/.test(token.text) && token.text.length <= 4 && !isCapitalized(tokens[i + 1]))
    return false;
  const titled = isTitle(tokens[i - 1]);
  const first = !titled && (i === 0 || /[.?!\n:]/.test(tokens[i - 1]?.gap ?? '') || i === unit.fromToken);
  // The first word of a sentence is capitalized anyway: a name only when a second capital follows or it is tagged so.
  if (
    first &&
    !(isCapitalized(tokens[i + 1]) && token.gap === ' ' && !NEVER.has(plain(tokens[i + 1] as Token))) &&
    !token.tags.has('FirstName') &&
    !(
      token.tags.has('ProperNoun') &&
      /^(?:quoted|bid|pitched|undercut|sells|sold|leases|offered|charges)$/.test(tokens[i + 1]?.lower ?? '')
    )
  )
    return false;
  const double = token.gap === '-' && tokens[i + 1] ? `${plain(token)}-${plain(tokens[i + 1] as Token)}` : '';
  return !lexicon.repNames.has(plain(token)) && !lexicon.repNames.has(double);
}

function continuesName(tokens: readonly Token[], i: number, taken: ReadonlySet<number>): boolean {
  const token = tokens[i];
  const previous = tokens[i - 1];
  if (!token || !previous || taken.has(i)) return false;
  if (
    /^(?:and|&|of|de|la|van|von|der)$/.test(token.text) &&
    / $/.test(previous.gap) &&
    previous.gap.length === 1
  ) {
    const next = tokens[i + 1];
    return token.lower !== 'and' && isCapitalized(next) && !taken.has(i + 1)
      ? true
      : token.lower === 'and' &&
          COMPANY_WORD.test(plain(next ?? token)) &&
          isCapitalized(next) &&
          !/'s/.test(previous.text);
  }
  if (!/^[ -]$|^\. $/.test(previous.gap) || /['’]s$/.test(previous.text)) return false;
  return (
    isCapitalized(token) &&
    !/^(?:i|i'm|i'll|i've|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/.test(token.lower)
  );
}

/** "Ironclad Telematics Inc", "Gopher State Supply" */
export const inCompanyForm = (name: UnknownName, tokens: readonly Token[]): boolean =>
  name.to - name.from > 1 &&
  tokens.slice(name.from + 1, name.to).some((token) => COMPANY_WORD.test(plain(token)));

/** Titles before a name. */
export const HONORIFIC = /^(?:mr|mrs|ms|dr|miss)$/;
/** Titles that are written with a name; a rank or an office is said of whoever bears it. */
const KEPT_TITLE = /^(?:mr|mrs|ms|dr)$/;
const RANK =
  /^(?:captain|sergeant|lieutenant|colonel|major|corporal|officer|deputy|sheriff|sister|father|pastor|reverend|rabbi|deacon|judge|professor|commissioner|miss|auntie|aunt|uncle)$/;

/** A title or a rank before a name. */
export const isTitle = (token: Token | undefined): boolean =>
  token !== undefined && (HONORIFIC.test(token.lower) || (RANK.test(token.lower) && isCapitalized(token)));

/** Tokens that known things and people cover. */
export function takenTokens(mentions: readonly Mention[], people: readonly Person[]): Set<number> {
  const taken = new Set<number>();
  for (const span of [...mentions, ...people]) for (let i = span.from; i < span.to; i++) taken.add(i);
  return taken;
}
