import type { Engine, SceneInfo } from '../../engine/engine-api.ts';
import { playerActorId } from '../../scene/beat.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import type { WireWhisper } from './wire-shapes.ts';

/**
 * The whispers that this player sent or received, in order, as they witnessed them.
 *
 * @param mayLook the session may look into minds: then it is told, too, whom a whisper was for
 */
export async function whispersOf(
  { backstage, ledger }: Engine,
  { record, cast, players }: SceneInfo,
  player: string,
  mayLook: boolean,
): Promise<WireWhisper[]> {
  const self = playerActorId(player);
  const own = (await ledger.witnessedBy(record.id, player)).filter(({ kind }) => kind === 'whisper');
  const me = players.find(({ actor }) => actor.id === self)?.actor;
  const hearers = new Map<number, WireWhisper['to']>();
  if (mayLook && own.length > 0) {
    for (const { character } of cast) {
      for (const { n, kind, to } of await backstage.mind(record.id, character.id)) {
        if (kind === 'whisper' && to)
          hearers.set(
            n,
            to.map(({ id, name }) => ({ id, name })),
          );
      }
    }
  }
  return own.flatMap((whisper) => {
    const { n, speaker } = whisper;
    const toMe = me && speaker?.id !== self ? [{ id: me.id, name: me.name }] : [];
    const wired = wireWhisper(whisper, hearers.get(n) ?? toMe);
    return wired ? [wired] : [];
  });
}

/** A whisper as it was heard, or nothing where nobody is known to have said it. */
export function wireWhisper(
  { n, speaker, segments }: Pick<StageBeat, 'n' | 'speaker' | 'segments'>,
  to: WireWhisper['to'],
): WireWhisper | undefined {
  if (!speaker) return undefined;
  const { id, name } = speaker;
  return { n, from: { id, name }, to, text: segments.map(({ text }) => text).join(' ') };
}
