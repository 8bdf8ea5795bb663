import { parse } from 'node:path';

const CARD = /\.(?:ya?ml|json|charx)$/i;
const PICTURE = /\.(?:png|jpe?g|webp)$/i;

/**
 * The files of a folder that may hold a card or a world, by name. A PNG that bears the name of another
 * card's file is its face.
 */
export function cardFilesIn(names: readonly string[]): string[] {
  const seen = names.filter((name) => !name.startsWith('.')).sort();
  const stems = new Set(seen.filter((name) => CARD.test(name)).map((name) => parse(name).name));
  return seen.filter((name) => CARD.test(name) || (/\.png$/i.test(name) && !stems.has(parse(name).name)));
}

/** The file that shows the face of the card in another: `ada.png` of `ada.yaml`. */
export function pictureOf(card: string, names: readonly string[]): string | undefined {
  const stem = parse(card).name;
  return names.toSorted().find((name) => name !== card && PICTURE.test(name) && parse(name).name === stem);
}
