/** A section as a person gives it. */
export interface OutlineSection {
  /** "1.2"; its parent is "1". */
  number: string;
  title: string;
  guidance?: string;
  pageLimit?: number | null;
}

export interface PlacedSection extends Required<OutlineSection> {
  /** Null at the top. */
  parentNumber: string | null;
  /** From 1, in the order of the document. */
  position: number;
}

/** Up to four levels of 1 to 99: keyed on the phone as `1*2`. */
const SECTION_NUMBER = /^[1-9]\d?(\.[1-9]\d?){0,3}$/;

function compareNumbers(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Puts sections in the order of their numbers and finds each one's parent, or says what is wrong with them. */
export function arrangeOutline(
  sections: OutlineSection[],
): { sections: PlacedSection[]; problem: null } | { sections: null; problem: string } {
  const numbers = new Set<string>();
  for (const { number } of sections) {
    if (!SECTION_NUMBER.test(number))
      return {
        sections: null,
        problem: `"${number}" is no section number. Write them like 1, 1.2 or 1.2.3.`,
      };
    if (numbers.has(number))
      return { sections: null, problem: `Section ${number} is there twice. Give each number once.` };
    numbers.add(number);
  }
  const placed = [...sections]
    .sort((a, b) => compareNumbers(a.number, b.number))
    .map(({ number, title, guidance = '', pageLimit = null }, index) => {
      const dot = number.lastIndexOf('.');
      const parentNumber = dot < 0 ? null : number.slice(0, dot);
      return { number, title, guidance, pageLimit, parentNumber, position: index + 1 };
    });
  const orphan = placed.find(({ parentNumber }) => parentNumber !== null && !numbers.has(parentNumber));
  if (orphan)
    return {
      sections: null,
      problem: `Section ${orphan.number} needs a section ${orphan.parentNumber} above it. Add that one too.`,
    };
  return { sections: placed, problem: null };
}
