import { encode } from 'fast-png';

// The shape in which other tools show cards.
const WIDTH = 400;
const HEIGHT = 600;

/** A head and shoulders in a colour that goes with the name: for cards that have no picture. PNG. */
export function plainPicture(name: string): Uint8Array {
  const hue = hueOf(name);
  const backdrop = rgb(hue, 0.32, 0.24);
  const figure = rgb(hue, 0.3, 0.55);
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      data.set(isFigure(x / WIDTH, y / WIDTH) ? figure : backdrop, (y * WIDTH + x) * 3);
    }
  }
  return encode({ width: WIDTH, height: HEIGHT, data, depth: 8, channels: 3 });
}

/** In widths of the picture, from its top left. */
function isFigure(x: number, y: number): boolean {
  const head = ((x - 0.5) / 0.17) ** 2 + ((y - 0.58) / 0.21) ** 2;
  const shoulders = ((x - 0.5) / 0.4) ** 2 + ((y - 1.5) / 0.62) ** 2;
  return head < 1 || shoulders < 1;
}

function hueOf(name: string): number {
  return Array.from(name).reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
}

/** Hue in degrees, saturation and lightness from 0 to 1. */
function rgb(hue: number, saturation: number, lightness: number): readonly number[] {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((n) => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  });
}
