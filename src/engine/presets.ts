import type { Rules } from '../config/room-settings.ts';
import { type Message, say } from '../words/text.ts';
import type { Preset } from './scene-record.ts';

/** What people read of each way to direct a scene. */
export const PRESET_WORDS: Readonly<Record<Preset, Message>> = {
  'called-only': say('Called only: characters answer when they are called: by name, mention or reply'),
  conversation: say('Conversation: the director picks who speaks; the cast answers each line and rests'),
  lively: say('Lively: like conversation, with more of the cast answering each other'),
  theatre: say('Theatre: the cast plays on by itself, up to twenty turns; you may break in at any time'),
  'game-master': say('Game master: nobody speaks until /next or /narrate'),
};

/** Turns in a row that nobody asked for, at the most. */
const THEATRE_TURNS = 20;

/** Character turns after a player's line, at most. */
export function turnsPerLine(preset: Preset, rules: Pick<Rules, 'turnsPerLine'>): number {
  switch (preset) {
    case 'called-only':
    case 'conversation':
      return rules.turnsPerLine;
    case 'lively':
      return rules.turnsPerLine + 2;
    case 'theatre':
      return THEATRE_TURNS;
    case 'game-master':
      return 0;
  }
}
