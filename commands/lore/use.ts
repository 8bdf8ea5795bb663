import type { World } from '../../src/cast/lore/world.ts';
import {
  type CommandAction,
  type CommandContext,
  type CommandOption,
  type CommandValues,
  checkRank,
} from '../../src/engine/command/command.ts';
import { textOf } from '../../src/engine/command/read-values.ts';
import type { LevelOfPlace } from '../../src/engine/settings/settings-api.ts';
import { PlayerError } from '../../src/errors.ts';
import { say, type Text } from '../../src/words/text.ts';
import { asShown } from '../character/own-cards.ts';
import { noteChanges } from '../config/note-change.ts';
import { cardOf, characterOption, levelWords, sourceWords } from '../config/where.ts';
import { inPlayAt, worldsSet } from './in-play.ts';
import { namedWorld, worldOption } from './world-option.ts';

const forOption: CommandOption = {
  ...characterOption,
  name: 'for',
  description: 'For one character alone, wherever it plays',
};

const whereOption: CommandOption = {
  name: 'where',
  description: 'Where it holds; left out, in the scene that plays here, else in this channel',
  type: 'text',
  choices: [
    { value: 'here', name: 'here: the scene that plays here' },
    { value: 'channel', name: 'channel: this one and its threads' },
    { value: 'server', name: 'server: all of it (on the page and in the terminal: this machine)' },
  ],
};

export const use: CommandAction = {
  description: 'Let the cast know a world, from the next turn on',
  options: [worldOption('Which world'), forOption, whereOption],
  allowed: 'owner',
  async run(context, values) {
    const world = await namedWorld(context, values);
    await change(context, values, world, (worlds) => {
      if (worlds.includes(world.id)) return undefined;
      return [...worlds, world.id];
    });
  },
};

export const drop: CommandAction = {
  description: 'The cast knows a world no longer, from the next turn on',
  options: [worldOption('Which world'), forOption, whereOption],
  allowed: 'owner',
  async run(context, values) {
    const world = await namedWorld(context, values);
    await change(context, values, world, (worlds) => {
      if (!worlds.includes(world.id)) return undefined;
      return worlds.filter((id) => id !== world.id);
    });
  },
};

/** @param next the worlds that are to be in play, or undefined where nothing changes */
async function change(
  context: CommandContext,
  values: CommandValues,
  world: World,
  next: (worlds: readonly string[]) => readonly string[] | undefined,
): Promise<void> {
  const { engine, place, reply } = context;
  const cardId = await cardOf(context, { ...values, character: values['for'] });
  const level = await levelOf(context, values, cardId);
  // The scene’s owner decides for the scene; beyond it who runs the server does.
  if (level.level !== 'scene') await checkRank('manager', context);
  const here = await engine.settings.levels(place, cardId);
  const { worlds, own } = inPlayAt(await worldsSet(context, cardId), level, here);
  const changed = next(worlds);
  const name = asShown(context, world.name);
  const where = levelWords(context, level);
  if (!changed) {
    await reply(
      worlds.includes(world.id)
        ? say('{{name}} is in play {{where}} already.', { name, where })
        : say('{{name}} is not in play {{where}}.', { name, where }),
    );
    return;
  }
  await engine.settings.set(level, 'worlds', changed);
  noteChanges(context, level, [{ name: 'worlds', from: own, to: changed }]);
  const said = changed.includes(world.id)
    ? say('{{name}} is in play {{where}} now: the cast knows of it what is spoken of.', { name, where })
    : say('{{name}} is no longer in play {{where}}.', { name, where });
  await reply([said, ...(await overruledBy(context, level, cardId))]);
}

/** That something closer decides otherwise here. */
async function overruledBy(
  context: CommandContext,
  level: LevelOfPlace,
  cardId: string | undefined,
): Promise<readonly Text[]> {
  const { source } = await worldsSet(context, cardId);
  if (source === 'default' || source.level === level.level) return [];
  return [say('Here other worlds are set, {{source}}.', { source: sourceWords(context, source) })];
}

/** @throws PlayerError where this place has no such level */
async function levelOf(
  { engine, place }: CommandContext,
  values: CommandValues,
  cardId: string | undefined,
): Promise<LevelOfPlace> {
  const where = textOf(values, 'where');
  if (cardId !== undefined && where !== undefined) {
    throw new PlayerError('A character has a level of its own: leave out either “for” or “where”.');
  }
  const here = await engine.settings.levels(place, cardId);
  const wanted = cardId === undefined ? (where === 'here' ? 'scene' : where) : 'character';
  const found =
    wanted === undefined
      ? (here.find(({ level }) => level === 'scene') ?? here[0])
      : here.find(({ level }) => level === wanted);
  if (found) return found;
  if (wanted === 'scene') throw new PlayerError('No scene is playing here. /scene start begins one.');
  throw new PlayerError(
    say('There is no {{level}} here. There are: {{levels}}.', {
      level: wanted ?? '',
      levels: here.map(({ level }) => level).join(', '),
    }),
  );
}
