import { z } from 'zod';
import { OperatorError } from '../../errors.ts';
import type { LlamaPackage } from './llama-api.ts';

const PACKAGE = 'node-llama-cpp';
const INSTALL = `npm i ${PACKAGE}`;
/** The first version that all of this was tried with; as in `peerDependencies`. */
const LOWEST = [3, 22] as const;

const callable = z.custom((value) => typeof value === 'function');
const packageSchema = z.object({
  getModuleVersion: callable,
  getLlama: callable,
  LlamaChat: callable,
  readGgufFileInfo: callable,
  GgufInsights: z.custom(
    (value) => typeof value === 'function' && 'from' in value && typeof value.from === 'function',
  ),
});

/**
 * Loads the package that plays GGUF files; it is installed by those who want it.
 *
 * @param importPackage another way to it, for tests
 * @throws OperatorError that says what to install
 */
export async function loadLlama(
  importPackage: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<LlamaPackage> {
  const found = await importOrSay(importPackage);
  const version = await versionOf(found);
  if (isTooOld(version)) throw tooOld(version);
  if (!isLlamaPackage(found)) {
    throw new OperatorError(
      `${PACKAGE} ${version} is not the package that was expected: ${INSTALL}@${LOWEST[0]}`,
    );
  }
  return found;
}

async function importOrSay(importPackage: (name: string) => Promise<unknown>): Promise<unknown> {
  try {
    return await importPackage(PACKAGE);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    throw new OperatorError(
      missing
        ? `To play a GGUF file in this process, install what it takes: ${INSTALL}`
        : `${PACKAGE} is there and cannot be loaded${code && ` (${code})`}. Install it anew: ${INSTALL}`,
      error,
    );
  }
}

async function versionOf(found: unknown): Promise<string> {
  const { getModuleVersion } = Object(found) as Partial<LlamaPackage>;
  const version: unknown = typeof getModuleVersion === 'function' ? await getModuleVersion() : undefined;
  return typeof version === 'string' ? version : 'of unknown version';
}

/** Without a number: it is older than the function that tells it. */
function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = (/^\d+\.\d+/.exec(version)?.[0] ?? '').split('.').map(Number);
  return major < LOWEST[0] || (major === LOWEST[0] && minor < LOWEST[1]);
}

function tooOld(version: string): OperatorError {
  return new OperatorError(
    `${PACKAGE} ${version} is too old, ${LOWEST.join('.')} or later is needed: ${INSTALL}@${LOWEST[0]}`,
  );
}

function isLlamaPackage(found: unknown): found is LlamaPackage {
  return packageSchema.safeParse({ ...Object(found) }).success;
}
