import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../src/runtime/images/picture.js';
import { drawPicture } from '../../../src/runtime/images/terminal.js';

/** A picture of some rows, in which `#` is white. */
function picture(...rows: readonly string[]): Picture {
  const pixels = Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 255 : 0));
  return { height: rows.length, width: rows[0]?.length ?? 0, channels: 1, pixels };
}

describe('a picture in the terminal', () => {
  it('is two rows a line, without what is dark at the right', () => {
    const digit = picture('.###..', '...#..', '..#...', '..#...', '.#....', '......');
    expect(drawPicture(digit)).toEqual([' ▀▀█', '  █', ' ▀']);
  });

  it('is made smaller where a line would be too long, keeping its form', () => {
    const square: Picture = {
      height: 100,
      width: 200,
      channels: 1,
      pixels: new Uint8Array(20_000).fill(255),
    };
    const lines = drawPicture(square);
    expect(lines).toHaveLength(20);
    expect(new Set(lines)).toEqual(new Set(['█'.repeat(80)]));
    expect(drawPicture(square, { columns: 10 })).toEqual(['█'.repeat(10), '█'.repeat(10), '▀'.repeat(10)]);
  });

  it('keeps a line of a picture that is nearly all width', () => {
    const wide: Picture = { height: 1, width: 1000, channels: 1, pixels: new Uint8Array(1000).fill(255) };
    expect(drawPicture(wide, { columns: 4 })).toEqual(['▀▀▀▀']);
  });

  it('counts as light what is as bright as it is told', () => {
    const shades: Picture = { height: 1, width: 3, channels: 1, pixels: Uint8Array.of(99, 100, 200) };
    expect(drawPicture(shades)).toEqual([' ▀▀']);
    expect(drawPicture(shades, { threshold: 150 })).toEqual(['  ▀']);
  });

  it('draws colours by their brightness', () => {
    const colours: Picture = {
      height: 1,
      width: 3,
      channels: 3,
      pixels: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255),
    };
    expect(drawPicture(colours)).toEqual([' ▀']);
  });
});
