import Handlebars from 'handlebars';
import type { MappingFields } from './mapping.ts';
import { HELPERS, templateNames } from './template-names.ts';

export interface TemplateFault {
  message: string;
  /** The template can't be used; else something in it stays empty. */
  blocks: boolean;
}

const BLOCKS = new Set(['if', 'unless', 'each', 'with']);
/** Roots that are lists or objects of which any part may be named. */
const ROOTS_OF_ANY = new Set(['value']);

/** What is wrong with a template, in sentences; empty when nothing is. Pure. */
export function checkTemplate(
  template: string,
  mapping: Pick<MappingFields, 'source' | 'objectType'>,
): TemplateFault[] {
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(template);
  } catch (error) {
    return [{ message: parseFault(error, template), blocks: true }];
  }
  const known = new Set(templateNames(mapping).map(({ name }) => name));
  const roots = new Set([...known].map((name) => name.split('.')[0] ?? name));
  const faults = new Map<string, TemplateFault>();
  const walk = (node: hbs.AST.Node, inside: boolean) => visit(node, inside, { known, roots, faults, walk });
  walk(program, false);
  return [...faults.values()];
}

interface Walking {
  known: ReadonlySet<string>;
  roots: ReadonlySet<string>;
  faults: Map<string, TemplateFault>;
  walk: (node: hbs.AST.Node, inside: boolean) => void;
}

/** `inside`: in a block that goes through a list, where names are those of its items. */
function visit(node: hbs.AST.Node, inside: boolean, walking: Walking): void {
  const { faults, walk } = walking;
  if (isA<hbs.AST.Program>(node, 'Program')) {
    for (const part of node.body) walk(part, inside);
  } else if (isA<hbs.AST.PathExpression>(node, 'PathExpression')) {
    if (!inside) checkPath(node, walking);
  } else if (isCall(node)) {
    const name = isA<hbs.AST.PathExpression>(node.path, 'PathExpression') ? node.path.original : '';
    const isBlock = isA<hbs.AST.BlockStatement>(node, 'BlockStatement');
    if (node.params.length === 0 && !isBlock) walk(node.path, inside);
    else if (!(isBlock ? BLOCKS.has(name) : HELPERS.some((helper) => helper === name)))
      faults.set(name, {
        message: `“${name}” is nothing that a template can do. There are ${HELPERS.join(', ')}, and blocks with #if, #unless and #each.`,
        blocks: true,
      });
    for (const param of node.params) walk(param, inside);
    if (isBlock) {
      const within = inside || name === 'each' || name === 'with';
      walk(node.program, within);
      if (node.inverse) walk(node.inverse, inside);
    }
  } else if (node.type.startsWith('Partial')) {
    faults.set('partial', { message: 'A template can’t take in another one with {{> …}}.', blocks: true });
  }
}

function checkPath(path: hbs.AST.PathExpression, { known, roots, faults }: Walking): void {
  const name = path.original;
  if (path.data || name === 'this' || path.depth > 0 || known.has(name)) return;
  const [root = '', ...rest] = name.split('.');
  if (rest.length > 0 && ROOTS_OF_ANY.has(root) && roots.has(root)) return;
  faults.set(name, {
    message: `“${name}” is not known here, so nothing stands in its place. Choose one of the names below.`,
    blocks: false,
  });
}

type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

function isCall(node: hbs.AST.Node): node is Call {
  return ['MustacheStatement', 'BlockStatement', 'SubExpression'].includes(node.type);
}

function isA<Node extends hbs.AST.Node>(node: hbs.AST.Node, type: Node['type']): node is Node {
  return node.type === type;
}

/** Handlebars' own message is for programmers; of it only the line is of use. */
function parseFault(error: unknown, template: string): string {
  const text = error instanceof Error ? error.message : '';
  const line = /line (\d+)/.exec(text)?.[1] ?? /- (\d+):\d+/.exec(text)?.[1];
  const where = line !== undefined && template.includes('\n') ? ` in line ${line}` : '';
  const mismatch = /^(\S+) doesn't match (\S+)/.exec(text);
  if (mismatch)
    return `The block #${mismatch[1]}${where} is closed by /${mismatch[2]}. Close it with {{/${mismatch[1]}}}.`;
  const opened = (template.match(/\{\{/g) ?? []).length;
  const closed = (template.match(/\}\}/g) ?? []).length;
  if (opened > closed) return `A name${where} is opened with {{ and not closed. Write }} behind it.`;
  const starts = (template.match(/\{\{#/g) ?? []).length;
  const ends = (template.match(/\{\{\//g) ?? []).length;
  if (starts > ends)
    return `A block that begins with {{#…}} does not end${where}. Close it, for example with {{/if}}.`;
  if (ends > starts) return `Something is closed with {{/…}}${where} that was not opened.`;
  return `The template can’t be read${where}. Between {{ and }} stands one of the names below.`;
}
