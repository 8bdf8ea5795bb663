import type { Desk } from '../../../../src/engine/cards/cards-api.ts';
import type { Log } from '../../../../src/log.ts';
import type { SceneStore } from '../../../../src/store/scene-store.ts';
import { playHouse } from '../../../support/play-house.ts';
import { createRecordingStage } from '../../../support/recording-stage.ts';

export const HERE = 'server-1';
export const THERE = 'server-2';
export const CREATOR: Desk = { server: HERE, by: { id: '11', moderator: false } };
export const MODERATOR: Desk = { server: HERE, by: { id: '12', moderator: true } };
export const STRANGER: Desk = { server: HERE, by: { id: '13', moderator: false } };

/** The real engine with a stage of Discord's kind. */
export function onDiscord(store?: SceneStore, log?: Log) {
  const stage = createRecordingStage('discord', true);
  return playHouse({ stage, ...(store ? { store } : {}), ...(log ? { log } : {}) });
}

/** Of cards or worlds. */
export const names = (of: readonly { readonly name: string }[]) => of.map(({ name }) => name);
