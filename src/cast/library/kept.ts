import type { CardData } from '../cards/card-data.ts';
import type { Character } from '../character.ts';

/** A character that plays here, and the whole card behind it. */
export type Kept = { readonly character: Character; readonly card: CardData };
