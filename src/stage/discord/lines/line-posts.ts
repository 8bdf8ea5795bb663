import type { Library } from '../../../cast/library/library-api.ts';
import type { SceneInfo } from '../../../engine/engine-api.ts';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';
import type { Locale } from '../../../words/locales.ts';
import type { CardBoard } from '../card/card-board.ts';
import { rowWith } from '../card/control-row.ts';
import { channelOf, webhookChannelOf } from '../scene-place.ts';
import { beatText, NARRATOR, rungBy, voiceOf } from './beat-text.ts';
import type { LineStyle } from './line-style.ts';
import { fallbackName, personaNames } from './persona-name.ts';
import type { Pictures } from './pictures.ts';
import type { LinePost } from './post-line.ts';
import { splitMessage } from './split-message.ts';

export type PostOptions = {
  /** Whom a server may play with. */
  readonly libraryOf: (server: string | undefined) => Promise<Library>;
  readonly cards: CardBoard;
  readonly pictures: Pictures;
  readonly info: (scene: string) => Promise<SceneInfo | undefined>;
  /** The language of what everyone in the room reads. */
  readonly localeOf: (scene: SceneRecord) => Locale;
  readonly style: (scene: SceneRecord) => Promise<LineStyle>;
};

/** A beat as the messages that show it, none where there is nothing to see; the last one bears the buttons. */
export async function postsOf(
  scene: SceneRecord,
  beat: StageBeat,
  options: PostOptions,
): Promise<readonly LinePost[]> {
  const style = await options.style(scene);
  const contents = splitMessage(beatText(beat, style));
  if (contents.length === 0) return [];
  const voice = voiceOf(beat);
  const avatarUrl = await pictureOf(scene, voice.id, options);
  const name = await nameOf(scene, voice, options);
  const row = rowWith(beat, options.localeOf(scene));
  return contents.map((content, part) => ({
    channel: channelOf(scene, beat.place),
    webhookChannel: webhookChannelOf(scene),
    beat: { log: scene.log, n: beat.n },
    before: [],
    name,
    fallbackName: fallbackName(voice.id),
    avatarUrl,
    content,
    components: part === contents.length - 1 ? row : [],
    silent: beat.kind !== 'line',
    rings: rungBy(content, style),
  }));
}

/** Portraits hang on the scene's card. */
async function pictureOf(
  scene: SceneRecord,
  voice: string,
  { libraryOf, cards, pictures, info }: PostOptions,
): Promise<string> {
  const [kind, id] = splitId(voice);
  const speaker = kind === 'character' ? (await libraryOf(scene.server)).character(id) : undefined;
  const card = await cards.ensure(scene, speaker);
  if (voice === NARRATOR.id) return pictures.narrator();
  if (kind === 'player') {
    const persona = (await info(scene.id))?.players.find(({ actor }) => actor.id === voice);
    return persona?.avatar ?? pictures.player(id);
  }
  // One that was taken away may still hang on the scene's card.
  return (speaker?.avatar && card?.avatars[id]) ?? pictures.byDefault(voice);
}

/** No two of a scene speak under names that look alike. */
async function nameOf(
  scene: SceneRecord,
  voice: { readonly id: string; readonly name: string },
  options: PostOptions,
): Promise<string> {
  const info = await options.info(scene.id);
  const everyone = info
    ? [
        ...info.cast.map(({ character }) => ({ id: `character:${character.id}`, name: character.name })),
        ...info.players.map(({ actor }) => actor),
      ]
    : [];
  return personaNames([NARRATOR, ...everyone, voice]).get(voice.id) ?? voice.name;
}

function splitId(actorId: string): readonly [kind: string, id: string] {
  const colon = actorId.indexOf(':');
  return [actorId.slice(0, colon), actorId.slice(colon + 1)];
}
