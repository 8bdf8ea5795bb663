import { expect } from 'vitest';
import type { KeptCard } from '../../../../src/cast/library/library-api.ts';
import type { Role, User } from '../../../doubles/discord/world/entities.ts';
import { openTheatre, type Theatre, type TheatreOptions } from '../discord-theatre.ts';
import { mentionsAllowed } from '../mentions-allowed.ts';
import { publicWords } from '../press.ts';

/** A server in which some may bring characters, carol one of them; alice manages it, bob only plays. */
export type Writers = {
  readonly theatre: Theatre;
  readonly role: Role;
  readonly carol: User;
  /** One more of them: who does too much in half a minute is held off. */
  another(): User;
  /** Of everyone who can be summoned there. */
  names(): Promise<string[]>;
  kept(id: string): Promise<KeptCard>;
};

export async function openWriters(options: TheatreOptions = {}): Promise<Writers> {
  const theatre = await openTheatre(options);
  const { double, server } = theatre;
  const role = double.addRole(server, { name: 'writers' });
  let writers = 0;
  const another = (username = `writer${++writers}`) => {
    const user = double.addUser({ username });
    double.addMember(server, user, { roles: [role] });
    return user;
  };
  const level = { level: 'server', id: server.id, server: server.id } as const;
  await theatre.engine().settings.setAll(level, { creatorRoles: [role.id] });
  const library = () => theatre.engine().cards.library(server.id);
  return {
    theatre,
    role,
    carol: another('carol'),
    another,
    names: async () => (await library()).characters().map(({ name }) => name),
    async kept(id) {
      const found = await (await library()).card(id);
      if (!found) throw new Error(`no card ${id}`);
      return found;
    },
  };
}

/** Nothing private was said where others could read it, nothing rang, and Discord understood all of it. */
export async function closeWriters({ theatre }: Writers): Promise<void> {
  const { double, logged } = theatre;
  expect(double.unexpected).toEqual([]);
  expect(double.pings).toEqual([]);
  expect(mentionsAllowed(double).careless).toEqual([]);
  expect(publicWords(theatre)).not.toContain('CANARY');
  expect(JSON.stringify(logged)).not.toContain('CANARY');
  expect(logged.filter(({ event }) => event === 'task-failed' || event === 'command-broke')).toEqual([]);
  await theatre.close();
}
