import { say, type Text } from '../../words/text.ts';
import type { SceneInfo } from '../engine-api.ts';

/** What players are told where they whisper or have a secret, where moderators can read it; else nothing. */
export function whispersRead({ whispersLogged }: Pick<SceneInfo, 'whispersLogged'>): readonly Text[] {
  return whispersLogged ? [say('Moderators of this server can read whispers and secrets in their log.')] : [];
}
