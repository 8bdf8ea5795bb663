import type { Settings } from '../../config/environment.ts';
import { relistCards } from '../../engine/cards/relist.ts';
import { sceneRecordSchema } from '../../engine/scene-record.ts';
import { openStore } from '../../store/open-store.ts';
import type { Finding } from '../../store/repair/finding.ts';
import { examineStore, type Repaired, repairStore } from '../../store/repair/repair-store.ts';
import type { Check } from './check.ts';

const CHECK = 'stored';

/** One bad key or page makes a finding of everything. */
const SHOWN = 20;

/** Reads all that is stored, where nobody uses it now. */
export async function checkStored({ storeUrl, dataKeys }: Settings): Promise<readonly Check[]> {
  if (storeUrl.startsWith('memory:')) return [];
  try {
    const { entries, findings } = await examineStore(storeUrl, dataKeys, logOfRecord);
    if (findings.length === 0)
      return [{ check: CHECK, ok: true, text: `${entries} entries, and all can be read` }];
    const mends = findings.some(({ places }) => places.length > 0);
    const todo = mends
      ? [{ check: CHECK, ok: false, text: 'stop the bot and run dramatis doctor --repair' }]
      : [];
    return [...findingsOf(findings, false), ...todo];
  } catch {
    // It is in use, or cannot be opened: the check of the store itself says which.
    return [];
  }
}

/** Mends what is stored, and says what was done. */
export async function repairStored({ storeUrl, dataKeys }: Settings): Promise<readonly Check[]> {
  if (storeUrl.startsWith('memory:')) return [{ check: CHECK, ok: true, text: 'memory: keeps nothing' }];
  try {
    const repaired = await repairStore(storeUrl, dataKeys, logOfRecord, 'dramatis');
    const store = await openStore(storeUrl, dataKeys);
    const listed = await relistCards(store).finally(() => store.close());
    const relisted =
      listed > 0 ? [{ check: CHECK, ok: true, text: `${listed} characters and lorebooks listed again` }] : [];
    if (!repaired) return [...relisted, { check: CHECK, ok: true, text: 'nothing was to be mended' }];
    return [...findingsOf(repaired.findings, true), ...filesOf(repaired), ...relisted];
  } catch (error) {
    return [{ check: CHECK, ok: false, text: error instanceof Error ? error.message : String(error) }];
  }
}

function findingsOf(findings: readonly Finding[], mended: boolean): readonly Check[] {
  const shown = findings.slice(0, SHOWN).map(({ text, places, moved }) => {
    const ok = mended && (places.length > 0 || moved === true);
    return { check: CHECK, ok, text: ok ? `mended: ${text}` : text };
  });
  const left = findings.slice(SHOWN);
  if (left.length === 0) return shown;
  const ok = mended && left.every(({ places }) => places.length > 0);
  return [...shown, { check: CHECK, ok, text: `… and ${left.length} more like these` }];
}

function filesOf({ copy, aside, salvaged }: Repaired): readonly Check[] {
  const texts = [
    ...(salvaged
      ? [
          `${salvaged.rows} entries were read from the damaged file${salvaged.lost ? ', others could not be' : ''}`,
        ]
      : []),
    ...(aside ? [`what was taken out is in ${aside}`] : []),
    ...(aside || salvaged ? [`all as it was before is in ${copy}: delete it once you are sure`] : []),
  ];
  return texts.map((text) => ({ check: CHECK, ok: true, text }));
}

function logOfRecord(record: unknown): string | undefined {
  return sceneRecordSchema.safeParse(record).data?.log;
}
