/**
 * Tells whether two sides have the same draft without sending it. 64 bits over the text and its anchors, of two
 * FNV-1a runs with different beginnings (Fowler, Noll, Vo); against mistakes, not against attackers. Pure, the same in
 * browser and server, under a millisecond for an hour of speech.
 */
export function draftHash(text: string, anchors: readonly (readonly [number, number])[]): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  const add = (unit: number) => {
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x01000193) ^ (b >>> 15);
  };
  for (let at = 0; at < text.length; at += 1) add(text.charCodeAt(at));
  for (const [char, ms] of anchors) {
    add(char);
    add(ms);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}
