import { PlayerError } from '../../errors.ts';
import { withPlainAddresses } from '../../safety/links.ts';
import { isRefusal } from '../../safety/refusal.ts';
import { say } from '../../words/text.ts';
import { personInLog } from '../audit/called-in-log.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { SceneRecord } from '../scene-record.ts';
import { recordFor } from '../start-scene.ts';
import { createAges } from './ages.ts';
import type { Guard, HeldBack, Typist } from './guard-api.ts';
import { heldWords, unheardWords } from './held-words.ts';
import { isModerated, moderate } from './moderate.ts';
import { createServerRules } from './server-rules.ts';

/** See `Guard` for what each does. */
export function createGuard(room: EngineRoom): Guard {
  const serverRules = createServerRules(room);
  const ages = createAges(room);

  async function look(
    record: SceneRecord,
    text: string,
    signal: AbortSignal,
    by?: Typist,
  ): Promise<HeldBack | undefined> {
    if (text.trim() === '') return undefined;
    return (await serverRules.broken(record, text, signal, by)) ?? moderate(room, record, text, signal);
  }

  async function admit(
    record: SceneRecord,
    texts: readonly (string | undefined)[],
    by?: Typist,
  ): Promise<void> {
    for (const text of texts) {
      const held = text === undefined ? undefined : await look(record, text, room.closing, by);
      if (!held) continue;
      const why = heldWords(held);
      room.audit.note(record.server, {
        kind: 'held-back',
        text:
          by === undefined
            ? say('What somebody wrote was held back: {{why}}.', { why })
            : say('What {{who}} wrote was held back: {{why}}.', { who: personInLog(by.id), why }),
        scene: record.id,
        ...(by === undefined ? {} : { by: by.id }),
      });
      throw new PlayerError(unheardWords(held));
    }
  }

  return {
    input: look,
    admit,
    async admitIn(place, texts, by) {
      // Reads what holds there, too.
      await Promise.all([room.settings.rules(place), room.cards.library(place.server)]);
      const record = recordFor(room, { id: place.scene, stage: place.stage, owner: by }, place.scene);
      await admit({ ...record, ...place }, texts, by);
    },
    async output(record, segments, signal, scripted = false) {
      if (!scripted && isRefusal(segments)) return { because: 'refusal' };
      // All of it at once, so that nothing is hidden by being said in pieces.
      return look(record, segments.map(({ text }) => text).join('\n'), signal);
    },
    looksAt: (record) => serverRules.apply(record) || isModerated(room, record),
    tidy(record, segments) {
      if (room.rulesFor(record).links !== 'plain') return [...segments];
      return segments.map((segment) => ({ ...segment, text: withPlainAddresses(segment.text) }));
    },
    ...ages,
  };
}
