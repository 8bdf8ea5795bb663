import type { Character } from '../../src/cast/character.ts';
import type { LoreBook } from '../../src/cast/lore/lore.ts';
import type { World } from '../../src/cast/lore/world.ts';
import type { RoomSettings } from '../../src/config/room-settings.ts';
import { promptOf } from './answering-model.ts';
import { OWNER, type PlayHouse, playHouse, SCENE } from './play-house.ts';
import { scriptedModel } from './scripted-model.ts';
import { smallCharacter, smallLibrary } from './small-library.ts';

/** A world of that id and this book. */
export function smallWorld(id: string, book: LoreBook, name = id): World {
  return { id, name, book: { ...book, id, name }, raw: {} };
}

export type LoreHouse = PlayHouse & {
  readonly model: ReturnType<typeof scriptedModel>;
  say(text: string, who?: { readonly id: string; readonly name: string }): Promise<number>;
  /** What that character was asked, prompt by prompt. */
  promptsOf(name: string): string[];
  /** The end of its newest prompt, where lore of a turn stands: from the newest line on. */
  tailOf(name: string): string;
};

/** A scene of Tom and Wenna with these books and worlds, who speak when they are called. */
export async function loreHouse({
  tom = {},
  wenna = {},
  worlds = [],
  rules = {},
  model = scriptedModel({}),
  house = {},
  cast: there = ['tom', 'wenna'],
}: {
  readonly tom?: Partial<Character>;
  readonly wenna?: Partial<Character>;
  readonly worlds?: readonly World[];
  readonly rules?: RoomSettings;
  readonly model?: ReturnType<typeof scriptedModel>;
  readonly house?: Parameters<typeof playHouse>[0];
  /** Who is there from the start. */
  readonly cast?: readonly string[];
}): Promise<LoreHouse> {
  const quiet = { greeting: '' };
  const cast = [
    smallCharacter('tom', 'Tom Reddick', { ...quiet, ...tom }),
    smallCharacter('wenna', 'Old Wenna', { ...quiet, ...wenna }),
  ];
  const library = {
    ...smallLibrary(cast),
    worlds: () => worlds,
    world: (id: string) => worlds.find((world) => world.id === id),
  };
  const limits = { worlds: worlds.map(({ id }) => id), ...rules };
  const models = { actor: model, director: model };
  const played = await playHouse({ library, models, limits, ...house });
  const { engine } = played;
  if (!(await engine.info(SCENE))) {
    const start = { id: SCENE, stage: 'web', owner: OWNER, cast: there, seed: 1 } as const;
    await engine.start({ ...start, preset: 'called-only' });
  }
  await engine.idle(SCENE);
  const promptsOf = (name: string) =>
    model.asked.filter(({ of }) => of === name).map(({ request }) => promptOf(request));
  return {
    ...played,
    model,
    promptsOf,
    tailOf(name) {
      const prompt = promptsOf(name).at(-1) ?? '';
      const at = prompt.lastIndexOf(`[What ${name} knows of this`);
      return at < 0 ? '' : prompt.slice(at);
    },
    async say(text, player = OWNER) {
      const heard = await engine.hear(SCENE, { player, text });
      await engine.idle(SCENE);
      return heard.heard ? heard.beat : 0;
    },
  };
}
