import { z } from 'zod';
import type { SceneStore } from '../../store/scene-store.ts';
import { consentKey } from './erase-documents.ts';

const consentSchema = z.object({ optedOut: z.boolean(), choices: z.boolean() });

/** What a person wishes; it holds on every surface and in every server. */
export type Consent = Readonly<z.infer<typeof consentSchema>>;
const UNSAID: Consent = { optedOut: false, choices: false };

export type Consents = {
  of(person: string): Promise<Consent>;
  set(person: string, consent: Consent): Promise<void>;
  /**
   * Another process wrote this document, or (absent) may have written any: it is read anew. Returns
   * whose wish it is.
   */
  forget(key?: string): string | undefined;
};

const CONSENT = consentKey('');

/** People who spoke of late are asked for at every message: so many are kept in memory. */
const REMEMBERED = 10_000;

export function createConsents(store: SceneStore): Consents {
  const known = new Map<string, Promise<Consent>>();

  function remember(person: string, consent: Promise<Consent>): void {
    known.delete(person);
    known.set(person, consent);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
  }

  async function read(person: string): Promise<Consent> {
    const stored = await store.get('person', consentKey(person));
    if (stored === undefined) return UNSAID;
    // What cannot be read may have said that nothing of theirs is heard.
    return consentSchema.safeParse(stored).data ?? { optedOut: true, choices: false };
  }

  return {
    of(person) {
      const found = known.get(person);
      if (found !== undefined) return found;
      const reading = read(person);
      remember(person, reading);
      reading.catch(() => known.delete(person));
      return reading;
    },
    forget(key) {
      if (key === undefined) known.clear();
      if (!key?.startsWith(CONSENT)) return undefined;
      const person = key.slice(CONSENT.length);
      known.delete(person);
      return person;
    },
    async set(person, consent) {
      // In this order: who has opted out is not heard any more, whatever becomes of the write.
      if (consent.optedOut) remember(person, Promise.resolve(consent));
      if (consent.optedOut || consent.choices) await store.put('person', consentKey(person), consent);
      else await store.remove('person', consentKey(person));
      remember(person, Promise.resolve(consent));
    },
  };
}
