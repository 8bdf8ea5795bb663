import type { RoomSettingName, RoomSettings, Rules, SettingValue } from '../../config/room-settings.ts';
import type { SettingLevel } from '../../config/setting-levels.ts';
import type { SceneId, SceneRecord } from '../scene-record.ts';

/** One level of one place. */
export type LevelOfPlace = {
  readonly level: SettingLevel;
  /** A card's, server's, category's or channel's id, or the key of a scene's log. */
  readonly id: string;
  /** Whose it is: a Discord server, or `local` (this machine). */
  readonly server: string;
};

/** A place that may be asked about, whether or not it hosts a scene. */
export type SettingPlace = Pick<SceneRecord, 'stage' | 'server' | 'parent' | 'category'> & {
  readonly scene: SceneId;
};

export type ShownSetting = {
  readonly name: RoomSettingName;
  readonly value: SettingValue;
  /** The level that sets it, or that none does. */
  readonly source: LevelOfPlace | 'default';
  /** All levels of the place that set it, the one that counts first. */
  readonly set: readonly { readonly level: LevelOfPlace; readonly value: SettingValue }[];
};

/** What people set for their rooms: character, scene, channel, category, server, default. */
export type Settings = {
  /** The levels that this place has, the one that counts first first; a scene's only where one plays. */
  levels(place: SettingPlace, cardId?: string): Promise<readonly LevelOfPlace[]>;
  /** Every setting as it holds in this place, for one character where it is named. */
  show(place: SettingPlace, cardId?: string): Promise<readonly ShownSetting[]>;
  /** The same as values alone. */
  rules(place: SettingPlace, cardId?: string): Promise<Rules>;
  /** What holds in a server as a whole, where nothing closer sets something else. Read once, then kept. */
  rulesOfServer(server: string): Promise<Rules>;
  /**
   * Holds from the next turn on, in every scene that this level reaches.
   * @throws PlayerError that names the bounds
   */
  set(level: LevelOfPlace, name: RoomSettingName, value: SettingValue): Promise<void>;
  /** What one level sets. */
  at(level: LevelOfPlace): Promise<RoomSettings>;
  /** Several at once, at one level: all of them or none. @throws PlayerError */
  setAll(level: LevelOfPlace, values: RoomSettings): Promise<void>;
  /** One setting, or all of them, are no longer set here. Returns which were. */
  reset(level: LevelOfPlace, name?: RoomSettingName): Promise<readonly RoomSettingName[]>;
  /** All that a server sets, at all levels but those of single scenes, as it is stored now. */
  whole(server: string): Promise<ServerConfig>;
  /**
   * Puts a whole configuration in the place of a server's: all of it or nothing.
   * @throws PlayerError where somebody else changed it after `revision`
   */
  replace(server: string, config: ServerConfig['levels'], revision: number): Promise<void>;
};

/** Keys of `levels`: `server`, `category/<id>`, `channel/<id>`, `character/<card id>`. */
export type ServerConfig = {
  /** Grows with each change, whoever makes it. */
  readonly revision: number;
  readonly levels: Readonly<Record<string, RoomSettings>>;
};
