import type { DocumentKind } from '../../store/scene-store.ts';

/** Where choices are kept. */
export const CHOICE: DocumentKind = 'choice';

/** Of one log, the secret that its versions are hashed with. */
export function saltKey(log: string): string {
  return `${log}/salt`;
}

/**
 * A choice is kept by the log, the person, and what it is about: who changes their mind about a line
 * writes over what they preferred before, and does not prefer both.
 * @param about `<line>/versions`, `<version>/thumb`, `<version>/edit/<time>`
 */
export function choiceKey(log: string, person: string, about: string): string {
  return `${log}/by/${encodeURIComponent(person)}/${about}`;
}

export function isChoiceKey(key: string): boolean {
  return key.includes('/by/');
}

export function isOfPerson(person: string): (key: string) => boolean {
  return (key) => key.includes(`/by/${encodeURIComponent(person)}/`);
}

export function isOfLog(log: string): (key: string) => boolean {
  return (key) => key.startsWith(`${log}/`);
}
