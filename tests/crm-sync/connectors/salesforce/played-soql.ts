/** As much of SOQL as the connector speaks, read strictly: what is not of this grammar is a malformed query. */
export interface Query {
  /** Null: `FIELDS(ALL)`. */
  select: string[] | null;
  from: string;
  where: Condition | null;
  orderBy: string[];
  limit: number | null;
}

export type Condition =
  | { kind: 'and' | 'or'; all: Condition[] }
  | { kind: 'compare'; field: string; operator: string; values: (string | number | boolean | Date | null)[] };

export class SoqlError extends Error {
  readonly code: 'MALFORMED_QUERY' | 'INVALID_FIELD';
  constructor(code: 'MALFORMED_QUERY' | 'INVALID_FIELD', message: string) {
    super(message);
    this.code = code;
  }
}

const TOKEN =
  /\s*(?:('(?:\\.|[^'\\])*')|(\d{4}-\d\d-\d\dT[\d:.]+Z)|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|!=|[=<>(),]))/y;
const ESCAPED: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

export function parseSoql(text: string): Query {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (match === null) throw new SoqlError('MALFORMED_QUERY', 'unexpected token');
    tokens.push(match[0].trim());
  }
  let place = 0;
  const peek = () => tokens[place] ?? '';
  const is = (word: string) => peek().toUpperCase() === word;
  function take(word?: string): string {
    const token = tokens[place];
    if (token === undefined || (word !== undefined && token.toUpperCase() !== word))
      throw new SoqlError('MALFORMED_QUERY', `unexpected token: ${token ?? '<EOF>'}`);
    place += 1;
    return token;
  }
  function list<T>(item: () => T): T[] {
    const items = [item()];
    while (is(',')) {
      take(',');
      items.push(item());
    }
    return items;
  }
  const name = (): string => {
    const token = take();
    if (!/^[A-Za-z_]/.test(token)) throw new SoqlError('MALFORMED_QUERY', `unexpected token: ${token}`);
    return token;
  };
  function literal(): string | number | boolean | Date | null {
    const token = take();
    if (token.startsWith("'"))
      return token.slice(1, -1).replace(/\\(.)/gs, (_, character: string) => ESCAPED[character] ?? character);
    if (/^\d{4}-\d\d-\d\dT/.test(token)) return new Date(token);
    if (/^-?\d/.test(token)) return Number(token);
    if (/^(true|false)$/i.test(token)) return token.toLowerCase() === 'true';
    if (/^null$/i.test(token)) return null;
    throw new SoqlError('MALFORMED_QUERY', `unexpected token: ${token}`);
  }
  function term(): Condition {
    if (is('(')) {
      take('(');
      const inner = condition();
      take(')');
      return inner;
    }
    const field = name();
    if (is('IN')) {
      take('IN');
      take('(');
      const values = list(literal);
      take(')');
      return { kind: 'compare', field, operator: '=', values };
    }
    const operator = take();
    if (!['=', '!=', '<', '>', '<=', '>='].includes(operator))
      throw new SoqlError('MALFORMED_QUERY', `unexpected token: ${operator}`);
    return { kind: 'compare', field, operator, values: [literal()] };
  }
  /** AND and OR don't stand beside each other without parentheses, as at Salesforce. */
  function condition(): Condition {
    const first = term();
    for (const kind of ['and', 'or'] as const) {
      if (!is(kind.toUpperCase())) continue;
      const all = [first];
      while (is(kind.toUpperCase())) {
        take();
        all.push(term());
      }
      return { kind, all };
    }
    return first;
  }

  take('SELECT');
  let select: string[] | null = null;
  if (is('FIELDS')) {
    for (const word of ['FIELDS', '(', 'ALL', ')']) take(word);
  } else select = list(name);
  take('FROM');
  const from = name();
  let where: Condition | null = null;
  if (is('WHERE')) {
    take();
    where = condition();
  }
  let orderBy: string[] = [];
  if (is('ORDER')) {
    take();
    take('BY');
    orderBy = list(name);
  }
  let limit: number | null = null;
  if (is('LIMIT')) {
    take();
    limit = Number(take());
  }
  if (place < tokens.length) throw new SoqlError('MALFORMED_QUERY', `unexpected token: ${peek()}`);
  if (select === null && (limit === null || limit > 200))
    throw new SoqlError('MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200');
  return { select, from, where, orderBy, limit };
}

/** Whether a row meets a condition; text is compared without regard to case. */
export function holds(condition: Condition, read: (field: string) => unknown): boolean {
  if (condition.kind !== 'compare') {
    const each = (inner: Condition) => holds(inner, read);
    return condition.kind === 'and' ? condition.all.every(each) : condition.all.some(each);
  }
  const value = read(condition.field);
  return condition.values.some((wanted) => {
    const order = compare(value, wanted);
    switch (condition.operator) {
      case '=':
        return order === 0;
      case '!=':
        return order !== 0;
      case '<':
        return order !== null && order < 0;
      case '>':
        return order !== null && order > 0;
      case '<=':
        return order !== null && order <= 0;
      default:
        return order !== null && order >= 0;
    }
  });
}

function compare(a: unknown, b: string | number | boolean | Date | null): number | null {
  if (a === null || a === undefined || b === null) return (a ?? null) === b ? 0 : null;
  const [x, y] = [comparable(a, b), comparable(b, b)];
  if (x === y) return 0;
  return x < y ? -1 : 1;
}

function comparable(value: unknown, like: string | number | boolean | Date): string | number {
  if (like instanceof Date)
    return new Date(String(value instanceof Date ? value.toISOString() : value)).getTime();
  return typeof like === 'string' ? String(value).toLowerCase() : Number(value);
}
