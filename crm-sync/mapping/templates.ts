import Handlebars from 'handlebars';
import { HELPERS } from './template-names.ts';

/** Rendered text longer than this is a mistake in the template, not something to write into a CRM. */
const MAX_OUTPUT_CHARS = 32_000;
const MAX_TEMPLATE_CHARS = 4_000;

export type Rendered = { ok: true; text: string } | { ok: false; message: string };

export interface Templates {
  /** Fills a template in; trouble comes back as a sentence for the person who wrote it. Pure but for the cache. */
  render(template: string, values: object): Rendered;
}

/**
 * Mapping templates: Handlebars as plain text (nothing is escaped), compiled once each, with the helpers of
 * template-names.ts and no others but Handlebars' own. Values are read as own properties only: a template can't reach
 * a prototype or call a function.
 */
export function createTemplates(): Templates {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('join', (list: unknown, separator: unknown) =>
    Array.isArray(list) ? list.map(String).join(typeof separator === 'string' ? separator : ', ') : '',
  );
  handlebars.registerHelper('truncate', (text: unknown, length: unknown) => {
    const whole = String(text ?? '');
    return typeof length === 'number' && whole.length > length
      ? `${whole.slice(0, Math.max(0, length - 1)).trimEnd()}…`
      : whole;
  });
  handlebars.registerHelper('lower', (text: unknown) => String(text ?? '').toLowerCase());
  handlebars.registerHelper('upper', (text: unknown) => String(text ?? '').toUpperCase());
  handlebars.registerHelper(
    'eq',
    (one: unknown, other: unknown) => String(one ?? '') === String(other ?? ''),
  );
  const compiled = new Map<string, HandlebarsTemplateDelegate | string>();

  /** The compiled template, or why it can't be. */
  function compile(template: string): HandlebarsTemplateDelegate | string {
    const known = compiled.get(template);
    if (known !== undefined) return known;
    const result = compileAnew(template);
    compiled.set(template, result);
    return result;
  }

  function compileAnew(template: string): HandlebarsTemplateDelegate | string {
    if (template.length > MAX_TEMPLATE_CHARS)
      return `The template is longer than ${MAX_TEMPLATE_CHARS} characters; shorten it.`;
    try {
      // Parsed here, because compile() alone would report a broken template only when it is first filled in.
      const ast = handlebars.parse(template);
      return handlebars.compile(ast, {
        noEscape: true,
        knownHelpersOnly: true,
        knownHelpers: Object.fromEntries(HELPERS.map((helper) => [helper, true])),
      });
    } catch (error) {
      return `The template can't be read (${firstLine(error)}); correct it in the mapping.`;
    }
  }

  return {
    render(template, values) {
      const ready = compile(template);
      if (typeof ready === 'string') return { ok: false, message: ready };
      try {
        const text = ready(values, {
          allowProtoPropertiesByDefault: false,
          allowProtoMethodsByDefault: false,
        });
        if (text.length > MAX_OUTPUT_CHARS)
          return {
            ok: false,
            message: `The template makes more than ${MAX_OUTPUT_CHARS} characters; let it write less.`,
          };
        return { ok: true, text: text.trim() };
      } catch (error) {
        return {
          ok: false,
          message: `The template can't be filled in (${firstLine(error)}); correct it in the mapping.`,
        };
      }
    },
  };
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? text).replace(/:$/, '').trim();
}
