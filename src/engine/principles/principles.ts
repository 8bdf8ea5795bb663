import { randomBytes } from 'node:crypto';
import { PlayerError } from '../../errors.ts';
import { plainLine } from '../../judge/principles/plain-line.ts';
import type { Principle } from '../../judge/principles/principle.ts';
import { shippedPrinciples } from '../../judge/principles/shipped.ts';
import { principleOfWish, sameWish } from '../../judge/principles/wish.ts';
import { say, type Text } from '../../words/text.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { Asker } from '../player.ts';
import { MACHINE } from '../settings/levels-of-place.ts';
import { serves } from '../territory.ts';
import { type Asked, createPrincipleShelf } from './principle-shelf.ts';
import type { Principles } from './principles-api.ts';

/** Characters of one, and how many a server may have. */
export const LONGEST_WISH = 300;
export const MOST_WISHES = 20;

/** See `Principles` for what each does. */
export function createPrinciples(room: EngineRoom): Principles {
  const { store, principles: everyones = shippedPrinciples() } = room.options;
  const shelf = createPrincipleShelf(store);
  /** How often all of a person's, or of a server's, was erased. */
  const erasures = new Map<string, number>();

  async function of(server: string | undefined): Promise<readonly Principle[]> {
    const asked = await shelf.of(server ?? MACHINE);
    return [...everyones, ...asked.map(({ id, words }) => principleOfWish(id, words))];
  }

  /** Words as they may be kept. @throws PlayerError saying what is wrong with them */
  async function checked(server: string | undefined, words: string, by: Asker): Promise<string> {
    const names = (await room.cards.library(server)).characters().map(({ name }) => name);
    const wish = plainLine(words, names);
    if (!/[\p{L}\p{N}]/u.test(wish)) {
      throw new PlayerError('Nothing of that can be asked of a line. Say it in a sentence.');
    }
    if (wish.length > LONGEST_WISH) {
      throw new PlayerError(
        say('That is too long: say it in at most {{most}} characters.', { most: LONGEST_WISH }),
      );
    }
    const place =
      server === undefined
        ? ({ stage: 'web', scene: 'web:' } as const)
        : ({ stage: 'discord', server, scene: 'discord:' } as const);
    await room.guard.admitIn(place, [wish], { ...by, name: '' });
    return wish;
  }

  /** What they ask for with the one that is added. @throws PlayerError */
  function withWish(asked: readonly Asked[], words: string, by: Asker): readonly Asked[] {
    const there = [...everyones, ...asked.map((one) => principleOfWish(one.id, one.words))];
    const same = there.find(({ name, asks }) => sameWish(asks, words) || sameWish(name, words));
    if (same) {
      throw new PlayerError(
        say('That is asked of lines already: “{{name}}”. /principles show tells more.', { name: same.name }),
      );
    }
    if (asked.length >= MOST_WISHES) {
      throw new PlayerError(
        say(
          'There are {{count}} principles of your own, and no more are possible: /principles remove makes room.',
          {
            count: asked.length,
          },
        ),
      );
    }
    // It stands in logs and stays there when the words are erased: nothing of them may be in it.
    const id = `own-${randomBytes(4).toString('hex')}`;
    return [...asked, { id, words, by: by.id }];
  }

  /** Stands in the log until whoever wrote the words wants theirs erased. */
  function note(server: string | undefined, text: Text, { words, by: author }: Asked, by: Asker): void {
    room.audit.note(server, { kind: 'configured', text, quote: words, by: by.id, about: [author] });
  }

  return {
    of,
    forget: shelf.forget,
    async add(server, words, by) {
      const whose = server ?? MACHINE;
      const erasedBefore = [erasures.get(by.id), erasures.get(whose)];
      const wish = await checked(server, words, by);
      const added = await shelf.change(whose, (before) => {
        const erasedNow = [erasures.get(by.id), erasures.get(whose)];
        if (erasedNow.some((count, at) => count !== erasedBefore[at]))
          throw new PlayerError('Nothing was kept.');
        const asked = withWish(before, wish, by);
        return { asked, result: asked.at(-1) };
      });
      if (!added) throw new Error('a principle that was added is not there');
      note(server, 'A principle was added.', added, by);
      return principleOfWish(added.id, added.words);
    },
    async remove(server, id, by) {
      const ships = everyones.find((one) => one.id === id);
      if (ships) {
        throw new PlayerError(
          say('“{{name}}” holds everywhere: only the operator of this bot can switch it off.', {
            name: ships.name,
          }),
        );
      }
      const removed = await shelf.change(server ?? MACHINE, (before) => {
        const result = before.find((one) => one.id === id);
        if (!result) throw new PlayerError('There is no such principle. /principles list shows them.');
        return { asked: before.filter((one) => one !== result), result };
      });
      note(server, 'A principle was removed.', removed, by);
      return principleOfWish(removed.id, removed.words);
    },
    async addedBy(person) {
      const found: string[] = [];
      for (const server of await shelf.servers()) {
        found.push(...(await shelf.of(server)).filter(({ by }) => by === person).map(({ words }) => words));
      }
      return found;
    },
    async erase(whose) {
      const key = 'server' in whose ? whose.server : whose.person;
      erasures.set(key, (erasures.get(key) ?? 0) + 1);
      const all = 'server' in whose ? [whose.server] : await shelf.servers();
      for (const server of all.filter((one) => one === MACHINE || serves(room.options, one))) {
        await shelf.change(server, (before) => ({
          asked:
            'server' in whose
              ? []
              : without(before, whose.person, (text) =>
                  whose.words(text, server === MACHINE ? undefined : server),
                ),
          result: undefined,
        }));
      }
    },
  };
}

/** What is left without a person: what others asked, and nobody is named in it. */
function without(asked: readonly Asked[], person: string, words: (text: string) => string): readonly Asked[] {
  return asked
    .filter(({ by }) => by !== person)
    .map((one) => ({ ...one, words: words(one.words).trim() }))
    .filter((one) => one.words !== '');
}
