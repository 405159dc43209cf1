/** How a text of the picture is set. */
export type Weight = 'normal' | 'bold';

/**
 * The width of a text in pixels, at least what any common sans-serif font needs: the table is that of DejaVu Sans, as
 * wide as Verdana, where Helvetica and Arial take an eighth less.
 */
export function textWidth(text: string, size: number, weight: Weight = 'normal'): number {
  let hundredths = 0;
  for (const character of text) hundredths += widths[weight].get(character) ?? unknownWidth(character);
  return (hundredths * size) / 100;
}

/** A letter with marks is about as wide as a capital; signs of East Asia fill a square, and pictures a little more. */
function unknownWidth(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x2e80) return /\p{L}|\p{N}/u.test(character) ? 112 : 156;
  return point < 0x1f000 ? 112 : 156;
}

const tables: Readonly<Record<Weight, readonly (readonly [number, string])[]>> = {
  normal: [
    [28, "'ijl"],
    [32, ' ,.·IJ'],
    [36, '/:;\\|f'],
    [42, '()[]t⌈⌉⌊⌋-!r'],
    [50, '"*_`–'],
    [56, 'szc?L'],
    [61, 'FkvxyP'],
    [64, 'TYaeo$0123456789ESbdghnpqu{}'],
    [70, 'KABVXZCR'],
    [79, 'UNH&DGOQ'],
    [84, 'w#+<=>^~×→'],
    [100, 'Mm%W@…'],
  ],
  bold: [
    [38, " ijl'/\\|,.IJ·"],
    [44, ':;-f'],
    [50, '!()[]⌈⌉⌊⌋t–_`r'],
    [60, '"*?zcs'],
    [70, 'Lxvykae EFTo$0123456789'],
    [75, 'bdghnpqu{}SYZCP'],
    [84, 'BAKRVXUG#+<=>DHN^~×→'],
    [94, 'OQ&w'],
    [112, '@M…%mW'],
  ],
};

const widths: Readonly<Record<Weight, ReadonlyMap<string, number>>> = {
  normal: mapOf('normal'),
  bold: mapOf('bold'),
};

function mapOf(weight: Weight): ReadonlyMap<string, number> {
  return new Map(
    tables[weight]
      .toReversed()
      .flatMap(([width, characters]) => Array.from(characters, (one) => [one, width] as const)),
  );
}
