import { SaxesParser } from 'saxes';

export interface Verb {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Text directly inside, without surrounding space. */
  text: string;
  /** All text inside, that of marked up pieces as well, as a voice would read it. */
  spoken: string;
  children: Verb[];
}

/** The verbs of a TwiML document in their order; null when it is none. */
export function parseTwiml(xml: string): Verb[] | null {
  const root: Verb = { name: '', attributes: {}, text: '', spoken: '', children: [] };
  const open: Verb[] = [root];
  let isBroken = false;
  const parser = new SaxesParser();
  parser.on('error', () => {
    isBroken = true;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const verb: Verb = {
      name,
      attributes: attributes as Record<string, string>,
      text: '',
      spoken: '',
      children: [],
    };
    open.at(-1)?.children.push(verb);
    open.push(verb);
  });
  parser.on('text', (text) => {
    const inside = open.at(-1);
    if (inside) inside.text += text;
    for (const each of open) each.spoken += text;
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined) return;
    closed.text = closed.text.trim();
    closed.spoken = closed.spoken.replaceAll(/\s+/g, ' ').trim();
  });
  parser.write(xml).close();
  const response = root.children[0];
  return isBroken || response?.name !== 'Response' ? null : response.children;
}
