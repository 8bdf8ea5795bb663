import type { CommandContext, CommandOption, CommandValues } from '../../src/engine/command/command.ts';
import { beginningWith, characterChoices, findCharacter } from '../../src/engine/command/find-character.ts';
import { textOf } from '../../src/engine/command/read-values.ts';
import { castOf } from '../../src/engine/command/scene-here.ts';
import type { LevelOfPlace } from '../../src/engine/settings/settings-api.ts';
import { PlayerError } from '../../src/errors.ts';
import { type Message, say } from '../../src/words/text.ts';

export const levelOption: CommandOption = {
  name: 'level',
  description: 'Where it holds; left out, in this channel',
  type: 'text',
  placed: true,
  choices: [
    { value: 'character', name: 'character: one of the cast, wherever it plays; say which' },
    { value: 'scene', name: 'scene: the one that plays here' },
    { value: 'channel', name: 'channel: this one and its threads' },
    { value: 'category', name: 'category: every channel in it' },
    { value: 'server', name: 'server: all of it (on the page and in the terminal: this machine)' },
  ],
};

export const characterOption: CommandOption = {
  name: 'character',
  description: 'For one character alone',
  type: 'text',
  max: 100,
  async complete(context, partial) {
    const among = await charactersHere(context);
    return characterChoices(beginningWith(partial, among), among).slice(0, 25);
  },
};

/** The card that was named, if one was. @throws PlayerError where nobody is called so */
export async function cardOf(context: CommandContext, values: CommandValues): Promise<string | undefined> {
  const typed = textOf(values, 'character');
  return typed === undefined ? undefined : findCharacter(typed, await charactersHere(context)).id;
}

async function charactersHere({
  engine,
  library,
  place,
}: Pick<CommandContext, 'engine' | 'library' | 'place'>) {
  const cast = castOf(await engine.info(place.scene));
  return [...new Map([...library.characters(), ...cast].map((one) => [one.id, one])).values()];
}

/**
 * The level that was asked for; left out, that of the character who was named, else the channel, and
 * where there is none the closest one.
 * @throws PlayerError where this place has no such level
 */
export async function levelOf(context: CommandContext, values: CommandValues): Promise<LevelOfPlace> {
  const { engine, place } = context;
  const cardId = await cardOf(context, values);
  const here = await engine.settings.levels(place, cardId);
  const typed = textOf(values, 'level');
  if (cardId !== undefined && typed !== undefined && typed !== 'character') {
    throw new PlayerError('A character has a level of its own: leave out either the level or the character.');
  }
  if (typed === 'character' && cardId === undefined) {
    throw new PlayerError('Say which character: fill in the option “character”.');
  }
  const wanted = cardId === undefined ? typed : 'character';
  const found = here.find(({ level }) => level === (wanted ?? 'channel'));
  if (found) return found;
  const [closest] = here;
  if (wanted === undefined && closest) return closest;
  const there = here.map(({ level }) => level).join(', ');
  if (wanted === 'scene') {
    throw new PlayerError(say('No scene is playing here. There are: {{levels}}.', { levels: there }));
  }
  throw new PlayerError(
    wanted === undefined
      ? 'Nothing can be set here.'
      : say('There is no {{level}} here. There are: {{levels}}.', { level: wanted, levels: there }),
  );
}

/** Where a value comes from: “inherited from #tavern”. */
export function sourceWords({ place }: CommandContext, source: LevelOfPlace | 'default'): Message {
  if (source === 'default') return say('default');
  const { level, id } = source;
  switch (level) {
    case 'character':
      return say('from this character');
    case 'scene':
      return say('from this scene');
    case 'channel':
      return place.parent === id
        ? say('inherited from {{channel}}', { channel: `<#${id}>` })
        : say('from this channel');
    case 'category':
      return say('from the category {{channel}}', { channel: `<#${id}>` });
    case 'server':
      return place.stage === 'discord' ? say('from the server') : say('from this machine');
  }
}

/** Where something is set: “turnsPerLine is 5 in this channel now”. */
export function levelWords({ place, library }: CommandContext, { level, id }: LevelOfPlace): Message {
  switch (level) {
    case 'character': {
      const card = library.characters().find((one) => one.id === id);
      return say('for {{character}}', { character: card?.name ?? id });
    }
    case 'scene':
      return say('in this scene');
    case 'channel':
      return place.parent === id
        ? say('in {{channel}} and its threads', { channel: `<#${id}>` })
        : say('in this channel');
    case 'category':
      return say('in the category {{channel}}', { channel: `<#${id}>` });
    case 'server':
      return place.stage === 'discord' ? say('in this server') : say('on this machine');
  }
}

/** The same for the moderators’ log, which is read elsewhere. */
export function levelInLog({ level, id }: LevelOfPlace): Message {
  switch (level) {
    case 'character':
      return say('for {{character}}', { character: id });
    case 'scene':
      return say('in one scene');
    case 'channel':
      return say('in {{channel}} and its threads', { channel: `<#${id}>` });
    case 'category':
      return say('in the category {{channel}}', { channel: `<#${id}>` });
    case 'server':
      return say('in the whole server');
  }
}
