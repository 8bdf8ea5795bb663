import { z } from 'zod';
import { type JsonPath, readJsonLines } from '../../config/json-lines.ts';
import {
  ROOM_SETTINGS,
  type RoomSettingName,
  type RoomSettings,
  settingSchema,
} from '../../config/room-settings.ts';
import { maySet, SETTING_LEVELS } from '../../config/setting-levels.ts';
import { PlayerError } from '../../errors.ts';
import { type Message, say } from '../../words/text.ts';
import { mayBeInFile, notAtThatLevel } from './may-be.ts';
import type { ServerConfig } from './settings-api.ts';

/** The form of the file; grows with each change that an older bot could not read. */
export const CONFIG_VERSION = 1;

/** So many faults are told at once. */
const TOLD = 10;

const LEVEL_KEY = /^(?:server|(?:category|channel)\/\d{15,21}|character\/[^\s/]{1,100})$/u;

const fileSchema = z.strictObject({
  version: z.literal(CONFIG_VERSION),
  revision: z.int().min(0),
  levels: z.record(z.string(), z.record(z.string(), z.unknown())),
});

type Fault = { readonly path: JsonPath; readonly said: Message };

/** A server's whole configuration as a file (JSON) that `readConfigFile` takes. */
export function configFile({ revision, levels }: ServerConfig): string {
  return `${JSON.stringify({ version: CONFIG_VERSION, revision, levels }, null, 2)}\n`;
}

/**
 * A server's whole configuration out of a file.
 * @throws PlayerError that says what is wrong on which line, or that the file is too new
 */
export function readConfigFile(text: string): ServerConfig {
  const lines = readJsonLines(text);
  if (lines.fault !== undefined) {
    throw refused([say('Line {{line}}: this is not JSON.', { line: lines.fault })]);
  }
  const found: unknown = JSON.parse(text);
  const version = z.looseObject({ version: z.number() }).safeParse(found).data?.version;
  if (version !== undefined && version > CONFIG_VERSION) {
    throw new PlayerError(
      say(
        'This file is from a newer version of the bot (form {{version}}; this one reads {{ours}}). Nothing was changed: update the bot, or export the file anew from this one.',
        { version, ours: CONFIG_VERSION },
      ),
    );
  }
  const faults = [
    ...faultsIn(found).map(({ path, said }) => ({ line: lines.lineOf(path), said })),
    ...lines.twice.map(({ key, line }) => ({ line, said: standsTwice(key) })),
  ];
  if (faults.length > 0) {
    const told = faults
      .sort((one, other) => one.line - other.line)
      .map(({ line, said }) => say('Line {{line}}: {{said}}', { line, said }));
    throw refused(told);
  }
  const { revision, levels } = fileSchema.parse(found);
  // Each value was checked above, by its own setting's schema.
  return { revision, levels: levels as Readonly<Record<string, RoomSettings>> };
}

function refused(told: readonly Message[]): PlayerError {
  const more = told.length - TOLD;
  return new PlayerError([
    say('The file was refused, and nothing was changed.'),
    ...told.slice(0, TOLD),
    ...(more > 0 ? [say('… and {{more}} more.', { more })] : []),
  ]);
}

function faultsIn(found: unknown): readonly Fault[] {
  const read = fileSchema.safeParse(found);
  if (!read.success) return read.error.issues.flatMap(({ path, ...issue }) => outline(path, issue));
  return Object.entries(read.data.levels).flatMap(([key, settings]) => {
    const path = ['levels', key];
    if (!LEVEL_KEY.test(key)) return [{ path, said: noLevel(key) }];
    return Object.entries(settings).flatMap(([name, value]) => {
      const said = wrongWith(key, name, value);
      return said ? [{ path: [...path, name], said }] : [];
    });
  });
}

function outline(
  path: JsonPath,
  issue: { readonly code?: string; readonly keys?: readonly string[] },
): readonly Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).map((key) => ({
      path: [...path, key],
      said: say('“{{key}}” does not belong here.', { key: clipped(key) }),
    }));
  }
  const [part] = path;
  if (part === 'version') {
    return [{ path, said: say('“version” must be {{version}}.', { version: CONFIG_VERSION }) }];
  }
  if (part === 'revision') {
    return [{ path, said: say('“revision” must be a whole number, as the export wrote it.') }];
  }
  if (part === 'levels') {
    return [{ path, said: say('“levels” must hold settings by level, as the export wrote them.') }];
  }
  return [{ path, said: say('This is no configuration: /config export shows how one looks.') }];
}

function noLevel(key: string): Message {
  return say(
    '“{{key}}” is no level: there are server, category/<id>, channel/<id> and character/<id of a card>.',
    { key: clipped(key) },
  );
}

/** Which of the two was meant nobody can tell. */
function standsTwice(key: string): Message {
  return say('“{{key}}” stands twice in the same place.', { key: clipped(key) });
}

function wrongWith(key: string, name: string, value: unknown): Message | undefined {
  if (!isSettingName(name)) return say('There is no setting “{{name}}”.', { name: clipped(name) });
  const level = SETTING_LEVELS.find((one) => one === key.split('/')[0]);
  if (level === undefined || !maySet(name, level)) return notAtThatLevel(name);
  return settingSchema(name).safeParse(value).success ? undefined : mayBeInFile(name);
}

function isSettingName(name: string): name is RoomSettingName {
  return Object.hasOwn(ROOM_SETTINGS, name);
}

function clipped(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
