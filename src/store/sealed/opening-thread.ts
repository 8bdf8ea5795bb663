import { parentPort, workerData } from 'node:worker_threads';
import type { DataKey } from './data-key.ts';
import { openText, type Place } from './sealed-value.ts';

/** What the thread is asked: entries of one kind as the store holds them, each with its key. */
export type StoredPage = {
  readonly kind: Place['kind'];
  readonly keys: readonly string[];
  readonly texts: readonly (string | undefined)[];
};

/**
 * All values as one JSON list, which crosses to the other thread faster than what it says would. Undefined
 * where one is not there, not sealed or not to be opened: who reads it by itself sees what is wrong.
 */
export type OpenedPage = string | undefined;

const dataKeys: readonly DataKey[] = workerData;

parentPort?.on('message', (page: StoredPage) => parentPort?.postMessage(openPage(page)));
// The first message says that there will be answers from now on.
parentPort?.postMessage('ready');

function openPage({ kind, keys, texts }: StoredPage): OpenedPage {
  try {
    const values = keys.map((key, i) => openText(dataKeys, { kind, key }, sealedIn(texts[i])));
    return `[${values.join(',')}]`;
  } catch {
    return undefined;
  }
}

/** What is no sealed value does not open. */
function sealedIn(text: string | undefined): string {
  return JSON.parse(text ?? '').value;
}
