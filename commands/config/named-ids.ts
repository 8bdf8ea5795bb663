import { type RoomSettingName, type SettingValue, settingOf } from '../../src/config/room-settings.ts';
import type { CommandContext } from '../../src/engine/command/command.ts';

/** The roles, channels or people that a value names. */
export type NamedIds = { readonly of: 'role' | 'channel' | 'person'; readonly ids: readonly string[] };

/** Undefined for a setting that names none. */
export function namedIds(name: RoomSettingName, value: SettingValue | undefined): NamedIds | undefined {
  const setting = settingOf(name);
  if (setting.kind !== 'id' && setting.kind !== 'ids') return undefined;
  const { of } = setting;
  if (of === 'model' || of === 'world') return undefined;
  const ids = typeof value === 'string' ? [value] : typeof value === 'object' ? value : [];
  return { of, ids: ids.filter((id) => id !== '') };
}

/** Those that are not there (any more); none where that cannot be told. */
export function missingIds(named: NamedIds | undefined, known: CommandContext['known']): readonly string[] {
  return named && known ? named.ids.filter((id) => !known(named.of, id)) : [];
}
