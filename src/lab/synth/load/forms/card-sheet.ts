import type { Character } from '../../../../cast/character.ts';
import type { RawConversation } from '../raw-conversation.ts';

/**
 * A card as the sheet of a conversation. Others may be told its public sheet alone, and of a sheet they are told
 * `description` and `profile`: all else of a card stays with its owner.
 *
 * @param secret what it alone brings into the scene
 */
export function sheetOfCard(
  name: string,
  card: Character | undefined,
  secret = '',
): RawConversation['characters'][number] {
  if (!card) return { name, motivation: secret };
  const { publicSheet, description, personality, manner, background, relations, motivation } = card;
  return {
    name,
    description: publicSheet,
    background: [description, personality, manner, background, relations].filter(Boolean).join('\n\n'),
    motivation: [motivation, secret].filter(Boolean).join('\n\n'),
  };
}
