import type { RoomSettings } from '../../src/config/room-settings.ts';
import { SETTING_LEVELS } from '../../src/config/setting-levels.ts';
import type { CommandAction, CommandContext } from '../../src/engine/command/command.ts';
import { wordsOf } from '../../src/engine/command/read-values.ts';
import { configFile, readConfigFile } from '../../src/engine/settings/config-file.ts';
import { MACHINE } from '../../src/engine/settings/levels-of-place.ts';
import { SETTING_NAMES } from '../../src/engine/settings/settings.ts';
import type { LevelOfPlace, ServerConfig } from '../../src/engine/settings/settings-api.ts';
import { PlayerError } from '../../src/errors.ts';
import { type Message, say } from '../../src/words/text.ts';
import { missingIds, namedIds } from './named-ids.ts';
import { noteChanges, noteConfigured, type SettingChange } from './note-change.ts';

export const exporting: CommandAction = {
  description: 'The whole configuration as a file that /config import takes',
  options: [],
  allowed: 'manager',
  async run({ engine, place, replyFiles }) {
    if (!replyFiles) {
      throw new PlayerError(
        'No files can be handed over here: Discord, the local page and the terminal can.',
      );
    }
    const config = await engine.settings.whole(place.server ?? MACHINE);
    await replyFiles(
      say('All that is set here, but for what single scenes set. /config import takes it back.'),
      [{ name: 'dramatis-config.json', content: configFile(config) }],
    );
  },
};

export const importing: CommandAction = {
  description: 'Put a file in the place of the whole configuration; a bad one changes nothing',
  options: [
    { name: 'file', description: 'A file of /config export', type: 'file', required: true },
    {
      name: 'anyway',
      description: 'Also where settings were changed after the file was exported',
      type: 'flag',
    },
  ],
  allowed: 'manager',
  async run(context, values) {
    const { engine, place, reply } = context;
    const server = place.server ?? MACHINE;
    const text = wordsOf(values, 'file');
    // Where there is only a line to type in, what is in the file can be pasted; its name cannot be opened.
    if (place.stage !== 'discord' && !text.startsWith('{')) {
      throw new PlayerError(
        'No file can be chosen here: paste what is in it, from the first { to the last }.',
      );
    }
    const file = readConfigFile(text);
    const before = await engine.settings.whole(server);
    if (file.revision !== before.revision && values['anyway'] !== true) {
      throw new PlayerError(
        say(
          'The settings here were changed after this file was exported (it holds change {{theirs}}, here is {{ours}}), or it is from another server. Nothing was changed. /config import anyway: yes puts it in their place all the same.',
          { theirs: file.revision, ours: before.revision },
        ),
      );
    }
    await engine.settings.replace(server, file.levels, before.revision);
    const changed = noteImport(context, server, before, file);
    await reply([
      changed === 0
        ? say('The file holds what was set already.')
        : say('The configuration is that of the file now; changed values: {{changed}}.', { changed }),
      ...missingIn(context, file),
    ]);
  },
};

/** Each value that changed is in the log, in an entry for its level. Returns how many there are. */
function noteImport(
  context: CommandContext,
  server: string,
  before: ServerConfig,
  after: ServerConfig,
): number {
  noteConfigured(context, say('A configuration file was imported.'));
  const keys = new Set([...Object.keys(before.levels), ...Object.keys(after.levels)]);
  let changed = 0;
  for (const key of keys) {
    const changes = changesBetween(before.levels[key] ?? {}, after.levels[key] ?? {});
    noteChanges(context, levelAt(key, server), changes);
    changed += changes.length;
  }
  return changed;
}

function changesBetween(before: RoomSettings, after: RoomSettings): readonly SettingChange[] {
  return SETTING_NAMES.flatMap((name) => {
    const [from, to] = [before[name], after[name]];
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ name, from, to }];
  });
}

function levelAt(key: string, server: string): LevelOfPlace {
  const [kind, id = server] = key.split('/');
  return { level: SETTING_LEVELS.find((one) => one === kind) ?? 'server', id, server };
}

/** Which settings name roles or channels that this server does not have. */
function missingIn({ known }: CommandContext, { levels }: ServerConfig): readonly Message[] {
  const names = SETTING_NAMES.filter((name) =>
    Object.values(levels).some((settings) => missingIds(namedIds(name, settings[name]), known).length > 0),
  );
  if (names.length === 0) return [];
  return [
    say(
      'Roles or channels in it are not in this server: {{names}}. They let nobody in; /config show marks them as deleted.',
      { names: names.join(', ') },
    ),
  ];
}
