import type { RoomSettingName, SettingValue } from '../../src/config/room-settings.ts';
import type { CommandContext, Who } from '../../src/engine/command/command.ts';
import { settingWords } from '../../src/engine/command/setting-value.ts';
import type { LevelOfPlace } from '../../src/engine/settings/settings-api.ts';
import { type Message, say, type Text } from '../../src/words/text.ts';
import { levelInLog } from './where.ts';

/** What one level says of a setting: before, and now; undefined where it says nothing. */
export type SettingChange = {
  readonly name: RoomSettingName;
  readonly from: SettingValue | undefined;
  readonly to: SettingValue | undefined;
};

type Noting = Pick<CommandContext, 'engine' | 'place' | 'known'> & { readonly who: Pick<Who, 'id'> };

/** Tells the moderators’ log which settings somebody changed: one entry, so that many push out nothing else. */
export function noteChanges(context: Noting, level: LevelOfPlace, changes: readonly SettingChange[]): void {
  if (changes.length === 0) return;
  noteConfigured(
    context,
    changes.map(({ name, from, to }) =>
      say('{{name}} {{where}}: {{from}} → {{to}}', {
        name,
        where: levelInLog(level),
        from: valueWords(context, name, from),
        to: valueWords(context, name, to),
      }),
    ),
  );
}

/** Tells the moderators’ log that the configuration changed. */
export function noteConfigured({ engine, place, who }: Noting, text: Text): void {
  engine.audit.note(place.server, { kind: 'configured', text, by: who.id });
}

function valueWords({ known }: Noting, name: RoomSettingName, value: SettingValue | undefined): Message {
  return value === undefined ? say('not set') : settingWords(name, value, known);
}
