import type { RoomSettingName } from '../../config/room-settings.ts';
import type { SettingLevel } from '../../config/setting-levels.ts';
import type { SceneId, SceneRecord } from '../scene-record.ts';

/** One level of one place; `id` is a server's, category's or channel's, or the key of a scene's log. */
export type LevelOfPlace = { readonly level: Exclude<SettingLevel, 'character'>; readonly id: string };

/** A place that may be asked about, whether or not it hosts a scene. */
export type SettingPlace = Pick<SceneRecord, 'stage' | 'server' | 'parent' | 'category'> & {
  readonly scene: SceneId;
};

export type ShownSetting = {
  readonly name: RoomSettingName;
  readonly value: number;
  /** The level that sets it, or that none does. */
  readonly source: LevelOfPlace | 'default';
};

/** The numbers of rooms as people set them: character, scene, channel, category, server, default. */
export type Settings = {
  /** The levels that this place has, the one that counts first first; a scene's only where one plays. */
  levels(place: SettingPlace): Promise<readonly LevelOfPlace[]>;
  /** Every setting as it holds in this place. */
  show(place: SettingPlace): Promise<readonly ShownSetting[]>;
  /**
   * Holds from the next turn on, in every scene that this level reaches.
   * @throws PlayerError that names the bounds
   */
  set(level: LevelOfPlace, name: RoomSettingName, value: number): Promise<void>;
  /** One setting, or all of them, are no longer set here. Returns which were. */
  reset(level: LevelOfPlace, name?: RoomSettingName): Promise<readonly RoomSettingName[]>;
};
