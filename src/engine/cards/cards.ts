import { parse } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { CardData } from '../../cast/cards/card-data.ts';
import type { CardReading } from '../../cast/cards/read-card.ts';
import { readCastFile } from '../../cast/cards/read-cast-file.ts';
import type { Character } from '../../cast/character.ts';
import type { Added, Library, SaveCard } from '../../cast/library/library-api.ts';
import { fitPicture } from '../../cast/pictures/fit-picture.ts';
import { PlayerError } from '../../errors.ts';
import { plainCastName } from '../../safety/cast-name.ts';
import { render } from '../../words/render.ts';
import { say, type Text } from '../../words/text.ts';
import type { AuditKind } from '../audit/audit-api.ts';
import type { EngineRoom } from '../engine-room.ts';
import { createMailbox } from '../mailbox.ts';
import { setRemembersServer } from '../memory/server-memory.ts';
import { OPTED_OUT } from '../privacy/opted-out.ts';
import { textsOf } from './card-texts.ts';
import type { Brought, BroughtThere, Cards, Desk } from './cards-api.ts';
import { castNameRefusal, lookAlikeRefusal } from './cast-name.ts';
import { createEnrich } from './enrich.ts';
import type { Libraries } from './libraries.ts';
import { rehearse } from './rehearse.ts';
import { checkTheirs, isTheirs } from './whose-card.ts';

/**
 * See `Cards` for what each does.
 *
 * @param changed told of a server whose characters look otherwise now
 */
export function createCards(
  room: EngineRoom,
  libraries: Libraries,
  changed: (server: string) => void,
): Cards {
  // Looking at what somebody wrote takes its time; whether it may still be kept is asked again, one at a time.
  const keeping = createMailbox();
  /** How often all that somebody brought was erased. */
  const erasures = new Map<string, number>();

  /** Every text that goes into a library is looked at as what is typed in a scene. @throws PlayerError */
  async function admit({ server, by }: Desk, value: unknown): Promise<void> {
    const place =
      server === undefined
        ? ({ stage: 'web', scene: 'web:' } as const)
        : ({ stage: 'discord', server, scene: 'discord:' } as const);
    await room.guard.admitIn(place, textsOf(value), { ...by, name: '' });
  }

  /** The card under the name that it is kept by. @throws PlayerError saying what to change */
  async function checked(desk: Desk, library: Library, card: CardData, id?: string): Promise<CardData> {
    const name = plainCastName(card.name);
    const before = id === undefined ? undefined : library.character(id);
    // Who bears a name already may keep it.
    const refusal = before?.name === name ? undefined : await castNameRefusal(room, library, desk, name, id);
    if (refusal !== undefined) throw new PlayerError(refusal);
    await admit(desk, card);
    return name === card.name ? card : { ...card, name };
  }

  /** The card's name stands in the log for as long as nobody asks for its bringer's words to be erased. */
  function note(desk: Desk, kind: AuditKind, text: Text, name: string, bringer?: string): void {
    const { server, by } = desk;
    if (server !== undefined) changed(server);
    const about = [...new Set([by.id, ...(bringer === undefined ? [] : [bringer])])];
    room.audit.note(server, { kind, text, quote: name, by: by.id, about });
  }

  /**
   * A check of whether somebody still wants what they begin now. A form may stand before somebody who opted out
   * meanwhile, and a file of many cards is on its way in while all of theirs is erased.
   */
  function beganBy({ server, by }: Desk): Wanted {
    const before = erasures.get(by.id);
    return async () => {
      if (server === undefined) return;
      if (await room.privacy.optedOut(by.id)) throw new PlayerError(OPTED_OUT);
      if (erasures.get(by.id) !== before) throw new PlayerError('Nothing was kept.');
    };
  }

  async function save(desk: Desk, card: CardData, how: Omit<SaveCard, 'by'> = {}): Promise<Added> {
    const wanted = beganBy(desk);
    await wanted();
    const library = await libraries.of(desk.server);
    const before = how.id === undefined ? undefined : library.character(how.id);
    if (before) checkTheirs(before, desk.server, desk.by);
    const from = before && (await library.card(before.id))?.card;
    const picture = how.picture ? await fitPicture(how.picture) : how.picture;
    if (picture && 'refused' in picture) throw new PlayerError(picture.refused);
    const looked = await checked(desk, library, card, how.id);
    const added = await keeping.post(async () => {
      await wanted();
      return keep(desk, library, looked, from, { ...how, ...(picture ? { picture: picture.bytes } : {}) });
    });
    note(
      desk,
      'card-saved',
      before ? 'A character was changed.' : 'A character was made.',
      added.character.name,
      added.character.by,
    );
    return added;
  }

  /**
   * Saves what was looked at, unless something came between meanwhile.
   * @param from the card that it takes the place of, as it was
   * @throws PlayerError saying what came between
   */
  async function keep(
    desk: Desk,
    library: Library,
    card: CardData,
    from: CardData | undefined,
    how: Omit<SaveCard, 'by'>,
  ): Promise<Added> {
    const before = how.id === undefined ? undefined : library.character(how.id);
    if (before) {
      checkTheirs(before, desk.server, desk.by);
      if (!isDeepStrictEqual((await library.card(before.id))?.card, from)) throw new PlayerError(CHANGED);
    }
    const refusal = before?.name === card.name ? undefined : lookAlikeRefusal(library, card.name, how.id);
    if (refusal !== undefined) throw new PlayerError(refusal);
    return library.save(card, { ...how, by: desk.by.id });
  }

  async function bringCard(
    desk: Desk,
    library: Library,
    reading: CardReading,
    wanted: Wanted,
  ): Promise<Added> {
    const card = await checked(desk, library, reading.card);
    const warnings = [...reading.warnings];
    const { avatar } = reading.character;
    const fitted = avatar?.type === 'bytes' ? await fitPicture(avatar.bytes) : undefined;
    if (fitted && 'refused' in fitted) warnings.push(render(fitted.refused));
    const picture = fitted && 'bytes' in fitted ? { picture: fitted.bytes } : {};
    const { there, character } = await keeping.post(async () => {
      await wanted();
      const same = await sameCard(library, card);
      if (same) return { there: true, character: same };
      return { there: false, ...(await keep(desk, library, card, undefined, picture)) };
    });
    if (there) return { character, warnings: [`this card is here already, as ${character.id}`] };
    const namesake = library.characters().find(({ id, name }) => id !== character.id && name === card.name);
    if (namesake) warnings.push(`another card is named ${card.name}; this one plays as ${character.id}`);
    note(desk, 'card-imported', 'A character was brought.', character.name);
    return { character, warnings };
  }

  /** Of several, those that may come in do; of one, or where none may, it is said why. */
  async function bringCards(
    desk: Desk,
    library: Library,
    readings: readonly CardReading[],
    wanted: Wanted,
  ): Promise<Brought> {
    const characters: Character[] = [];
    const warnings: string[] = [];
    let refused: PlayerError | undefined;
    for (const reading of readings) {
      try {
        const added = await bringCard(desk, library, reading, wanted);
        characters.push(added.character);
        warnings.push(...added.warnings);
      } catch (error) {
        if (!(error instanceof PlayerError)) throw error;
        refused ??= error;
        warnings.push(`${plainCastName(reading.card.name)}: ${error.message}`);
      }
    }
    if (refused && characters.length === 0) throw refused;
    return { characters, worlds: [], warnings };
  }

  return {
    library: (server) => libraries.of(server),
    async nameRefusal(desk, name, except) {
      return castNameRefusal(room, await libraries.of(desk.server), desk, name, except);
    },
    save,
    async bring(desk, fileName, bytes) {
      const wanted = beganBy(desk);
      await wanted();
      const library = await libraries.of(desk.server);
      const file = readCastFile(bytes, fileName, desk.server === undefined ? 'own' : 'server');
      if (file.kind === 'chat')
        throw new PlayerError('This is a chat, and no card: /scene import takes chats.');
      if (file.kind === 'cards') return bringCards(desk, library, file.readings, wanted);
      await admit(desk, file.raw);
      const asFile = Buffer.from(JSON.stringify(file.raw));
      const { world, warnings } = await keeping.post(async () => {
        await wanted();
        return library.addWorld(`${parse(fileName).name}.json`, asFile, desk.by.id);
      });
      note(desk, 'world-imported', 'A world was brought.', world.name);
      return { characters: [], worlds: [world], warnings: [...file.warnings, ...warnings] };
    },
    async remove(desk, id) {
      const library = await libraries.of(desk.server);
      const character = library.character(id);
      if (!character) throw new PlayerError(say('There is no character “{{id}}” here.', { id }));
      checkTheirs(character, desk.server, desk.by);
      // Whoever is called so next is somebody else.
      if (desk.server !== undefined) await setRemembersServer(room, desk.server, id, false);
      await library.remove(id);
      note(desk, 'card-removed', 'A character was removed.', character.name, character.by);
      return character;
    },
    async removeWorld(desk, id) {
      const library = await libraries.of(desk.server);
      const world = library.world(id);
      if (!world) throw new PlayerError(say('There is no world “{{id}}” here.', { id }));
      if (desk.server !== undefined && !isTheirs(world, desk.by)) {
        throw new PlayerError(
          say('{{name}} was brought by somebody else: only they or a moderator may.', { name: world.name }),
        );
      }
      if (!(await library.removeWorld(id))) {
        throw new PlayerError(
          say('{{name}} was not brought here, and stays as it is.', { name: world.name }),
        );
      }
      note(desk, 'world-removed', 'A world was removed.', world.name, world.by);
      return world;
    },
    async broughtBy(person) {
      const found: BroughtThere[] = [];
      for (const [server, { cards, worlds }] of await libraries.indexes()) {
        const theirs = (of: typeof cards) => Object.keys(of).filter((id) => of[id]?.by === person);
        if (theirs(cards).length + theirs(worlds).length === 0) continue;
        const library = await libraries.of(server);
        // What cannot be read is not here, and everyone's of the same id is not theirs.
        const own = theirs(cards).filter((id) => library.character(id)?.source === 'server');
        const kept = (await Promise.all(own.map((id) => library.card(id)))).filter(
          (one) => one !== undefined,
        );
        const books = theirs(worlds).flatMap((id) => library.world(id) ?? []);
        const brought = { server, cards: kept, worlds: books.filter(({ by }) => by === person) };
        if (kept.length + brought.worlds.length > 0) found.push(brought);
      }
      return found;
    },
    async erase(of) {
      if ('person' in of) erasures.set(of.person, (erasures.get(of.person) ?? 0) + 1);
      const forget = (server: string, id: string) => setRemembersServer(room, server, id, false);
      for (const server of await keeping.post(() => libraries.erase(of, forget))) changed(server);
    },
    enrich: createEnrich(room),
    rehearse: (desk, card, cue, signal) => rehearse(room, desk, card, cue, signal),
  };
}

/** @throws PlayerError where they do not want it any more */
type Wanted = () => Promise<void>;

const CHANGED =
  'Somebody changed this character meanwhile. /character edit begins anew with what stands now: copy from here what is to stay.';

/** The very same card, brought again. */
async function sameCard(library: Library, card: CardData): Promise<Character | undefined> {
  for (const character of library.characters()) {
    if (character.name !== card.name) continue;
    if (isDeepStrictEqual((await library.card(character.id))?.card, card)) return character;
  }
  return undefined;
}
