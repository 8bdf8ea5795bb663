import { strToU8, type Zippable, zipSync } from 'fflate';
import { writeCard } from '../../cast/cards/write-card.ts';
import { slugOf } from '../../cast/library/slug.ts';
import { pictureKind } from '../../cast/pictures/picture-kind.ts';
import type { BroughtThere } from '../cards/cards-api.ts';
import type { ReplyFile } from '../reply-file.ts';

/** Pictures of so many bytes at most, so that a message can carry the archive. */
const MOST_PICTURES = 7 * 1024 * 1024;

/** Always the same for the same cards. */
const AT = new Date('2000-01-01T00:00:00Z');

/** What a person brought to servers, in one archive: cards as Character Card V3, worlds as they came, pictures. */
export function broughtFiles(brought: readonly BroughtThere[]): ReplyFile[] {
  if (brought.length === 0) return [];
  const files: Zippable = {};
  let pictures = 0;
  for (const { server, cards, worlds } of brought) {
    for (const [at, { card, picture }] of cards.entries()) {
      const name = `${server}/${at + 1}-${slugOf(card.name)}`;
      files[`${name}.json`] = strToU8(writeCard(card, 'v3'));
      const kind = picture && pictureKind(picture)?.slice('image/'.length);
      if (!picture || !kind || pictures + picture.length > MOST_PICTURES) continue;
      pictures += picture.length;
      // They are packed already.
      files[`${name}.${kind}`] = [picture, { level: 0 }];
    }
    for (const { id, raw } of worlds)
      files[`${server}/worlds/${id}.json`] = strToU8(JSON.stringify(raw, null, 2));
  }
  return [{ name: 'dramatis-cards-of-you.zip', content: zipSync(files, { mtime: AT }) }];
}

/** The same by name, for the text beside it. */
export function broughtLines(brought: readonly BroughtThere[]): string[] {
  if (brought.length === 0) return [];
  const told = brought.flatMap(({ server, cards, worlds }) => [
    ...cards.map(
      ({ card, picture }) =>
        `- ${card.name} (a character${picture ? ', with a picture' : ''}; server ${server})`,
    ),
    ...worlds.map(({ name }) => `- ${name} (a world; server ${server})`),
  ]);
  return [
    '## Characters and worlds that you brought',
    'They are in the archive beside this file; pictures that are not in it are handed out by /character export.',
    told.join('\n'),
  ];
}
