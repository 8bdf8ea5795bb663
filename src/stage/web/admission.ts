import type { IncomingMessage } from 'node:http';
import type { Application } from './applications/application.ts';
import type { ApplicationShelf } from './applications/application-shelf.ts';
import { isTokenLike } from './applications/token.ts';
import { bearerIn, type Gate } from './gate.ts';
import type { WebLimits } from './limits.ts';
import { createPasswordTries } from './password-tries.ts';
import { type Scope, scopeSchema } from './protocol.ts';
import { addressGroup, createTally } from './tally.ts';

/** Whoever was let in: the page (no application), or an application. */
export type Guest = {
  readonly scopes: ReadonlySet<Scope>;
  readonly application?: Application;
  /** Says that they have gone: there is room for another. */
  leave(): void;
};

/** Why not, as an HTTP status. It does not say what was wrong with a token. */
export type Refusal = { readonly status: 403 | 429 | 503; readonly waitMs?: number };

/** Decides who may join and who may listen, over whichever connection: they count together. */
export type Admission = {
  /**
   * @param token as it was offered; left out, that of `Authorization: Bearer …`
   * @param over a socket needs our own `Origin` where it is the page's
   */
  admit(request: IncomingMessage, over: 'socket' | 'events', token?: string): Promise<Guest | Refusal>;
};

// Whoever holds the page's token is the person at this machine.
const PAGE_SCOPES: ReadonlySet<Scope> = new Set(scopeSchema.options);

/** A token cannot be guessed: the pause saves the store some looks, and no application its coming back. */
const LONGEST_PAUSE_MS = 10_000;

/** @param shelf absent: the page alone is let in */
export function createAdmission(options: {
  readonly gate: Gate;
  readonly shelf: ApplicationShelf | undefined;
  readonly limits: WebLimits;
}): Admission {
  const { gate, shelf, limits } = options;
  const room = { most: limits.sockets, mostEach: limits.socketsEach };
  // Apart, so that no number of applications keeps the page out.
  const pages = createTally(room);
  const applications = createTally(room);
  const tries = createPasswordTries(() => performance.now(), LONGEST_PAUSE_MS);

  async function known(token: string, { headers, socket }: IncomingMessage) {
    const address = socket.remoteAddress;
    const waitMs = tries.wait(address);
    if (waitMs > 0) return { status: 429, waitMs } as const;
    const found = await shelf?.ofToken(token);
    if (!found) tries.wrong(address);
    else tries.right(address);
    if (!found || !gate.admitsApplication(headers, found.origins)) return { status: 403 } as const;
    await shelf?.noteUse(found);
    return found;
  }

  return {
    async admit(request, over, token = bearerIn(request.headers.authorization)) {
      const address = addressGroup(request.socket.remoteAddress);
      if (token === undefined || !isTokenLike(token)) {
        const isPage =
          gate.admits(request.headers, over === 'socket' ? 'socket' : 'part') && gate.holdsToken(token);
        if (!isPage) return { status: 403 };
        const leave = pages.enter(address);
        return leave ? { scopes: PAGE_SCOPES, leave } : { status: 429 };
      }
      const leave = applications.enter(address);
      if (!leave) return { status: 429 };
      let guest: Guest | undefined;
      try {
        const application = await known(token, request);
        if ('status' in application) return application;
        guest = { scopes: new Set(application.scopes), application, leave };
        return guest;
      } catch {
        // The store cannot be asked; it says so itself.
        return { status: 503 };
      } finally {
        if (!guest) leave();
      }
    },
  };
}

export function isRefusal(outcome: Guest | Refusal): outcome is Refusal {
  return 'status' in outcome;
}
