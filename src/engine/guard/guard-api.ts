import type { Character } from '../../cast/character.ts';
import type { Segment, VisibleSegment } from '../../format/segments.ts';
import type { ActorId } from '../../scene/beat.ts';
import type { Text } from '../../words/text.ts';
import type { LiveScene } from '../live-scene.ts';
import type { SceneRecord } from '../scene-record.ts';
import type { SettingPlace } from '../settings/settings-api.ts';

/** Why something is not let through: whose rule it breaks, or that nobody could look at it. */
export type HeldBack = {
  readonly because:
    | 'automod'
    | 'automod-unreachable'
    | 'moderation'
    | 'moderation-unreachable'
    | 'age'
    | 'refusal';
  /** The rule's or category's name, for the moderators' log; never the text. */
  readonly rule?: string;
};

/** A person whose words they are, as far as rules make exceptions for them and the log names them. */
export type Typist = { readonly id: string; readonly name?: string; readonly roles?: readonly string[] };

/** What is looked at before anyone hears it. */
export type Guard = {
  /** What a person typed: in a line, a whisper, a form. Holds it back, too, where nobody can look at it now. */
  input(record: SceneRecord, text: string, signal: AbortSignal, by?: Typist): Promise<HeldBack | undefined>;
  /**
   * The same for whatever a person puts into a scene in another way than by a line; what is held back is
   * noted for the moderators.
   * @throws PlayerError where it is held back, saying so and quoting nothing
   */
  admit(record: SceneRecord, texts: readonly (string | undefined)[], by?: Typist): Promise<void>;
  /** The same where no scene plays yet: the name of a thread that is to be opened for one. */
  admitIn(
    place: SettingPlace,
    texts: readonly string[],
    by: Typist & { readonly name: string },
  ): Promise<void>;
  /** A finished turn, its thoughts included: they can be peeked at. `scripted`: no model wrote it. */
  output(
    record: SceneRecord,
    segments: readonly Pick<Segment, 'kind' | 'text'>[],
    signal: AbortSignal,
    scripted?: boolean,
  ): Promise<HeldBack | undefined>;
  /** Whether a finished turn may yet be held back by a rule, so that no piece of it is shown before. */
  looksAt(record: SceneRecord): boolean;
  /** A turn's words as this room may see them: addresses made plain where the room says so. */
  tidy<S extends VisibleSegment | Segment>(record: SceneRecord, segments: readonly S[]): S[];
  /** Why a character may not play in this place (age, see docs/safety.md); undefined where it may. Asked at summon and at every turn. */
  refusalOf(
    place: SettingPlace & { readonly ageRestricted?: boolean },
    character: Character,
  ): Promise<Text | undefined>;
  /** The same of everyone on stage in a scene, as things stand now. */
  barred(live: LiveScene): Promise<ReadonlyMap<ActorId, Text>>;
  /** Whether grown-up material is allowed here now: the channel is marked so, and the server allows it. */
  grownUp(record: SceneRecord): boolean;
  /** What prompts say of who may be watching; empty where that is for nobody to say. */
  audienceRule(record: SceneRecord): string;
};
