import { arrangeOutline, type OutlineSection } from './outline.ts';

/** `1.2  Title [3 pages] — guidance`, a bullet in front and a dot or bracket after the number allowed. */
const LINE = /^[\s•*-]*(?<number>\d+(?:\.\d+)*)[.):]?\s+(?<rest>\S.*)$/;
const GUIDANCE = /(?:^|\s+)[—–-]{1,2}\s+/;
const PAGES = /\s*\[(?<pages>\d+(?:\.\d+)?) pages?\]\s*$/i;
const LONGEST_TITLE = 300;
const LONGEST_GUIDANCE = 4000;

export interface OutlineProblem {
  /** From 1; null when it is about the outline as a whole. */
  line: number | null;
  message: string;
}

/** Reads an outline that a person typed or pasted, one section a line, or says what is wrong, line by line. */
export function readOutline(text: string): { sections: OutlineSection[]; problems: OutlineProblem[] } {
  const problems: OutlineProblem[] = [];
  const sections: OutlineSection[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read === 'string') problems.push({ line: at + 1, message: read });
    else sections.push(read);
  }
  if (problems.length === 0) {
    const { problem } = arrangeOutline(sections);
    if (problem !== null) problems.push({ line: null, message: problem });
  }
  return { sections, problems };
}

function readLine(line: string): OutlineSection | string {
  const found = LINE.exec(line)?.groups;
  if (!found) {
    const isOnlyNumber = /^[\s•*-]*\d+(\.\d+)*[.):]?\s*$/.test(line);
    return isOnlyNumber
      ? 'has a number and no title. Write a title after the number.'
      : `does not begin with a section number: “${line.trim().slice(0, 40)}”. Begin it like 1.2.`;
  }
  const { number = '', rest = '' } = found;
  const dash = GUIDANCE.exec(rest);
  const head = dash ? rest.slice(0, dash.index) : rest;
  const guidance = dash ? rest.slice(dash.index + dash[0].length).trim() : '';
  const pages = PAGES.exec(head)?.groups?.pages;
  const title = head.replace(PAGES, '').trim();
  if (title === '') return 'has no title. Write one after the number.';
  if (title.length > LONGEST_TITLE)
    return `has a title of more than ${LONGEST_TITLE} characters. Put a dash before the guidance.`;
  if (guidance.length > LONGEST_GUIDANCE) return `has guidance of more than ${LONGEST_GUIDANCE} characters.`;
  return { number, title, guidance, pageLimit: pages === undefined ? null : Number(pages) };
}

/** The same the other way round, to be edited. */
export function writeOutlineText(
  sections: readonly { number: string; title: string; guidance: string; pageLimit: number | null }[],
): string {
  return sections
    .map(({ number, title, guidance, pageLimit }) => {
      const pages = pageLimit === null ? '' : ` [${pageLimit} page${pageLimit === 1 ? '' : 's'}]`;
      const more = guidance.trim() === '' ? '' : ` — ${guidance.trim().replace(/\s+/g, ' ')}`;
      return `${number} ${title}${pages}${more}`;
    })
    .join('\n');
}
