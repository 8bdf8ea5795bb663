import type { Chat } from '../../cast/chats/read-chat.ts';
import { cardOf } from '../card-of.ts';
import type { Direction } from '../direction/direction-api.ts';
import type { StartScene } from '../engine-api.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { Game } from '../game/game-api.ts';
import type { Ledger } from '../ledger/ledger-api.ts';
import type { LiveScene } from '../live-scene.ts';
import type { Past } from '../past/past-api.ts';
import type { Registry } from '../registry.ts';
import type { SceneId, SceneRecord } from '../scene-record.ts';
import { scriptOf } from '../script-of.ts';
import type { Typist } from './guard-api.ts';
import { mayPlay } from './may-play.ts';

/**
 * All that people put into a scene beside lines and whispers, which are looked at where they are heard:
 * every way in that takes a text passes here, so that no command and no form has to think of it.
 */
export type GuardedInput = {
  direction(direction: Direction): Direction;
  ledger(ledger: Ledger): Ledger;
  past(past: Past): Past;
  game(game: Game): Game;
  /** What is typed for a scene, before it goes in. @throws PlayerError where it is held back */
  typed(id: SceneId, ...texts: readonly (string | undefined)[]): Promise<void>;
  /** A scene that is about to begin: what was typed for it, and who plays in it. @throws PlayerError */
  start(record: SceneRecord, request: StartScene): Promise<void>;
};

export function createGuardedInput(room: EngineRoom, registry: Registry): GuardedInput {
  async function admit(id: SceneId, texts: readonly (string | undefined)[], by?: Typist): Promise<void> {
    // Where no scene is, whoever asks for one is told so there.
    const live = await registry.open(id);
    if (live) await room.guard.admit(live.record, texts, by);
  }

  /** Whoever is given words by hand plays, too. */
  async function plays(id: SceneId, who: (live: LiveScene) => string | undefined): Promise<void> {
    const live = await registry.open(id);
    const cardId = live && who(live);
    if (live && cardId !== undefined) await mayPlay(room, live.record, cardId);
  }

  return {
    typed: (id, ...texts) => admit(id, texts),
    async start(record, request) {
      const told = wordsOf(request.story);
      await room.guard.admit(record, [request.title, request.setting, ...told], request.owner);
      const cast = request.cast ?? scriptOf(room.libraryOf(request), request)?.cast ?? [];
      for (const cardId of cast) await mayPlay(room, record, cardId);
    },
    direction: (direction) => ({
      ...direction,
      async steer(id, text, turns) {
        await admit(id, [text]);
        return direction.steer(id, text, turns);
      },
      async plant(id, cardId, text, turns) {
        await admit(id, [text]);
        return direction.plant(id, cardId, text, turns);
      },
      async skipTime(id, minutes, text) {
        await admit(id, [text]);
        return direction.skipTime(id, minutes, text);
      },
      async outOfCharacter(id, player, text) {
        await admit(id, [text], player);
        return direction.outOfCharacter(id, player, text);
      },
      async sayAs(id, as, text) {
        await admit(id, ['walkOn' in as ? as.walkOn : undefined, text]);
        if ('card' in as) await plays(id, () => as.card);
        return direction.sayAs(id, as, text);
      },
    }),
    ledger: (ledger) => ({
      ...ledger,
      async openRoom(id, wanted) {
        await admit(id, [wanted.name]);
        return ledger.openRoom(id, wanted);
      },
      async inform(id, told) {
        await admit(id, [told.text]);
        return ledger.inform(id, told);
      },
      async setPersona(id, player, persona) {
        await admit(id, [persona?.name, persona?.sheet], player);
        return ledger.setPersona(id, player, persona);
      },
      async setSecret(id, playerId, text) {
        await admit(id, [text], { id: playerId });
        return ledger.setSecret(id, playerId, text);
      },
    }),
    game: (game) => ({
      ...game,
      async perceive(id, event) {
        await admit(id, [event.text]);
        return game.perceive(id, event);
      },
      async setCues(id, actions, cardId) {
        await admit(
          id,
          actions.map(({ means }) => means),
        );
        return game.setCues(id, actions, cardId);
      },
      async save(id, name) {
        await admit(id, [name]);
        return game.save(id, name);
      },
      async move(id, who, to, newRoom) {
        await admit(id, [to], 'card' in who ? undefined : who);
        return game.move(id, who, to, newRoom);
      },
    }),
    past: (past) => ({
      ...past,
      async reword(id, n, text, by) {
        await admit(id, [text]);
        await plays(
          id,
          ({ minds, record }) => cardOf(room.libraryOf(record), minds.openly(n)?.speaker?.id ?? '')?.id,
        );
        return past.reword(id, n, text, by);
      },
      async branch(id, n, into) {
        await admit(id, [into.title], into.owner);
        return past.branch(id, n, into);
      },
    }),
  };
}

const LOOKED_AT_ONCE = 8000;

/** All that a story says, its other versions too, in few pieces: each is looked at as a whole. */
function wordsOf(story: Chat | undefined): string[] {
  const pieces: string[] = [];
  for (const { text, others } of story?.lines ?? []) {
    for (const words of [text, ...others]) {
      const last = pieces.at(-1);
      if (last !== undefined && last.length + words.length < LOOKED_AT_ONCE) {
        pieces[pieces.length - 1] = `${last}\n${words}`;
      } else pieces.push(words);
    }
  }
  return pieces;
}
