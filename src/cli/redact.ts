/** Takes secrets out of a text that is about to be written where others may read it. */
export type Redact = (text: string) => string;

const GONE = '[redacted]';

/** Shorter values would also be found in words that are no secret. */
const SHORTEST = 6;

/** Secrets that are known by their shape, wherever they come from. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  // Discord’s addresses carry the token of a webhook or an interaction, and its errors carry the address.
  [/(\b(?:webhooks|interactions)\/\d{5,25}\/)[\w-]{16,}/g, `$1${GONE}`],
  // A bot’s token, a session’s.
  [/\b[\w-]{20,40}\.[\w-]{5,10}\.[\w-]{20,120}\b/g, GONE],
  [/(:\/\/)[^\s/@"']{1,400}@/g, `$1${GONE}@`],
  [/\b(Bearer|Basic|Bot) [\w.~+/=-]{8,}/g, `$1 ${GONE}`],
  [/\bsk-[\w-]{8,}/g, GONE],
];

/**
 * A last net below the rule that nothing secret is logged: what is known to be secret is taken out of every line,
 * also as it looks inside JSON and inside an address.
 */
export function createRedact(secrets: Iterable<string>): Redact {
  const known = new Set<string>();
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      if (form.length >= SHORTEST) known.add(form);
    }
  }
  // A secret within another one must not leave the rest of it standing.
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const secret of longestFirst) clean = clean.replaceAll(secret, GONE);
    for (const [shape, instead] of SHAPES) clean = clean.replace(shape, instead);
    return clean;
  };
}

/** What the environment holds of secrets: by the names of variables, and the passwords in addresses. */
export function* secretsIn(env: Readonly<Record<string, string | undefined>>): Generator<string> {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    const set = value.trim();
    if (/(?:TOKEN|KEY|SECRET|PASSWORD)$/i.test(name)) yield* [set, ...set.split(/[\s,]+/)];
    yield* passwordIn(set);
  }
}

/** The password in an address, as it is written and as it is meant. */
function* passwordIn(value: string): Generator<string> {
  if (!value.includes('://') || !URL.canParse(value)) return;
  const { password, searchParams } = new URL(value);
  for (const written of [password, ...searchParams.getAll('password')]) {
    if (written === '') continue;
    yield written;
    try {
      yield decodeURIComponent(written);
    } catch {
      // A bare percent sign: it stands for itself.
    }
  }
}
