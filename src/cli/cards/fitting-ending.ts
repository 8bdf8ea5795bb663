import { BadUse } from '../bad-use.ts';

const CARD_FILE = /\.(ya?ml|json|png|charx|jpe?g|webp)$/i;

/**
 * Nobody who names a picture or an archive wants text written over it: an ending that says what is in a file
 * has to say what will be.
 * @param ending of the format
 * @throws BadUse where the file's ending is another format's
 */
export function refuseOtherEnding(output: string, ending: string): void {
  const found = CARD_FILE.exec(output)?.[1]?.toLowerCase().replace('yml', 'yaml');
  if (found === undefined || found === ending) return;
  throw new BadUse(`what is written is no .${found}: give -o the ending .${ending}.`);
}
