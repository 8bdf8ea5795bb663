import { slugOf } from '../src/cast/library/slug.ts';
import { castOption } from '../src/engine/command/cast-option.ts';
import { type Command, type CommandContext, checkRank } from '../src/engine/command/command.ts';
import { lookUpCharacter } from '../src/engine/command/find-character.ts';
import { nearest } from '../src/engine/command/nearest.ts';
import { textOf, wordsOf } from '../src/engine/command/read-values.ts';
import { presentIn, sceneHere } from '../src/engine/command/scene-here.ts';
import { unheard } from '../src/engine/command/unheard.ts';
import type { SceneInfo } from '../src/engine/engine-api.ts';
import { PlayerError } from '../src/errors.ts';
import { playerActorId } from '../src/scene/beat.ts';
import { say as sentence } from '../src/words/text.ts';

export const say: Command = {
  name: 'say',
  description: 'Say something in the scene',
  action: {
    description: 'Say something in the scene; *asterisks* make an action of it',
    options: [
      { name: 'text', description: 'What you say or *do*', type: 'text', required: true, max: 2000 },
      castOption('As whom, for owners: one of the cast, or a walk-on of any name', { name: 'as' }),
    ],
    allowed: 'anyone',
    async run(context, values) {
      const text = wordsOf(values, 'text');
      const as = textOf(values, 'as');
      if (as === undefined) return sayAsOneself(context, text);
      const info = await sceneHere(context);
      const self = info.players.find(({ actor }) => actor.id === playerActorId(context.who.id));
      if (self && slugOf(self.actor.name) === slugOf(as)) return sayAsOneself(context, text);
      return sayAsAnother(context, info, as, text);
    },
  },
};

async function sayAsOneself({ engine, place, who, reply }: CommandContext, text: string): Promise<void> {
  // Who uses the command wants to be heard, whether they had joined or not.
  await engine.join(place.scene, who);
  const heard = await engine.hear(place.scene, { player: who, text });
  if (!heard.heard) throw new PlayerError(unheard[heard.because]);
  await reply('Said.');
}

async function sayAsAnother(
  context: CommandContext,
  info: SceneInfo,
  as: string,
  text: string,
): Promise<void> {
  await checkRank('owner', context);
  const { engine, place, reply } = context;
  const character = lookUpCharacter(as, presentIn(info));
  if (character) {
    await engine.direction.sayAs(place.scene, { card: character.id }, text);
    await reply(sentence('Said as {{character}}.', { character: character.name }));
  } else {
    const walkOn = walkOnName(context, info, as);
    await engine.direction.sayAs(place.scene, { walkOn }, text);
    await reply(sentence('Said as {{walkOn}}, a walk-on part.', { walkOn }));
  }
}

/** @throws PlayerError where someone else goes by that name, or very nearly */
function walkOnName({ library }: CommandContext, info: SceneInfo, typed: string): string {
  if (/^(narrator|environment)$/iu.test(typed)) throw new PlayerError('/narrate speaks as the Narrator.');
  const away = lookUpCharacter(typed, library.characters());
  if (away)
    throw new PlayerError(sentence('{{away}} is not on stage. /summon brings them.', { away: away.name }));
  const names = [...presentIn(info), ...info.players.map(({ actor }) => actor)].map(({ name }) => name);
  const [like] = nearest(typed, names, 1);
  if (like === undefined) return typed;
  throw new PlayerError(
    sentence('Did you mean {{like}}? A walk-on needs a name of its own, and players speak for themselves.', {
      like,
    }),
  );
}
