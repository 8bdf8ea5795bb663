import { characterFromCard } from '../../cast/cards/character-from-card.ts';
import { fieldWords } from '../../cast/changes/field-words.ts';
import type { Change, Proposal } from '../../cast/changes/proposal.ts';
import { enrichCard } from '../../enrich/enrich-card.ts';
import { PlayerError } from '../../errors.ts';
import { ModelError } from '../../model/chat-model.ts';
import { say, type Text } from '../../words/text.ts';
import { meteredModels } from '../budget/metered-models.ts';
import { type EngineRoom, kindOf } from '../engine-room.ts';
import { heldWords } from '../guard/held-words.ts';
import { emptyLiveScene } from '../live-scene.ts';
import type { SceneRecord } from '../scene-record.ts';
import { textsOf } from './card-texts.ts';
import type { Cards } from './cards-api.ts';
import { makingOf, recordOfRehearsal } from './rehearsal-scene.ts';

/** More of a text is not taken in. Characters. */
export const LONGEST_TEXT = 200_000;

/**
 * Setting completion by the models of a place: see `Cards.enrich`. What goes in is looked at like what is
 * typed in a scene, what comes out like a turn; every request is counted to who asked for it.
 */
export function createEnrich(room: EngineRoom): Cards['enrich'] {
  return async (desk, card, text, signal) => {
    const { by } = desk;
    const stop = AbortSignal.any([signal, room.closing]);
    stop.throwIfAborted();
    await room.cards.library(desk.server);
    const record = recordOfRehearsal(room, desk);
    await room.readAround(record);
    const live = emptyLiveScene(record);
    live.making = makingOf(live, by, stop);
    // It writes plain prose, as the narrator does.
    const { narrator, director, actor } = meteredModels(room, live);
    const model = narrator ?? director ?? actor;
    if (!model) {
      throw new PlayerError(
        'No model plays here, and without one nothing can be found out. /model tells more.',
      );
    }
    if (text.length > LONGEST_TEXT) {
      throw new PlayerError(
        say('That text is too long: {{most}} characters are the most.', { most: LONGEST_TEXT }),
      );
    }
    const character = characterFromCard(card, 'own', () => {});
    const barred = await room.guard.refusalOf({ ...record, scene: record.id }, character);
    if (barred !== undefined) throw new PlayerError(barred);
    await room.guard.admit(record, textsOf([card, text]), by);
    const spent = await room.budgets.stopOf(record, by.id);
    if (spent) throw new PlayerError(spent.text);

    let asked = 0;
    try {
      const proposal = await enrichCard(model, {
        card,
        text,
        signal: stop,
        stop: async () => {
          asked += 1;
          return asked === 1 ? undefined : (await room.budgets.stopOf(record, by.id))?.text;
        },
      });
      await room.budgets.countTurn(record, by.id);
      return await lookedAt(room, record, proposal, stop);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      room.log.warn('enrich-failed', { error: kindOf(error), failure: error.failure });
      throw new PlayerError('The model does not answer now. Try again in a while.');
    }
  };
}

/** What a rule of the place holds back is not shown. */
async function lookedAt(
  room: EngineRoom,
  record: SceneRecord,
  proposal: Proposal,
  signal: AbortSignal,
): Promise<Proposal> {
  const changes: Change[] = [];
  const dropped: Text[] = [...proposal.dropped];
  for (const change of proposal.changes) {
    const { after, to = '', why } = change;
    const words = { kind: 'speech', text: [after, to, why].join('\n') } as const;
    const held = await room.guard.output(record, [words], signal, true);
    if (!held) changes.push(change);
    else dropped.push(say('{{field}}: {{why}}', { field: fieldWords(change.field), why: heldWords(held) }));
  }
  return { ...proposal, changes, dropped };
}
