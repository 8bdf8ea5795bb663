import type { Client } from 'discord.js';

/** Addresses of the pictures that are not on a scene's card. */
export type Pictures = {
  readonly narrator: () => string;
  readonly player: (userId: string) => string;
  /** One of Discord's own, always the same for the same id. */
  readonly byDefault: (id: string) => string;
};

/** The bot's own picture for the Narrator, people's for people, Discord's for all others: never none. */
export function picturesFrom(client: () => Client<true>): Pictures {
  const size = { extension: 'png', size: 256 } as const;
  function byDefault(id: string): string {
    const sum = [...id].reduce((total, char) => total + (char.codePointAt(0) ?? 0), 0);
    return client().rest.cdn.defaultAvatar(sum % 6);
  }
  return {
    narrator: () => client().user.displayAvatarURL(size),
    player: (id) => client().users.cache.get(id)?.displayAvatarURL(size) ?? byDefault(id),
    byDefault,
  };
}
