import type { LabModel } from '../../../lab/calls/call.ts';
import type { ExportManifest } from '../../../lab/export/manifest.ts';
import { type ExportRun, runExport } from '../../../lab/export/run-export.ts';
import type { CliIo } from '../../cli-command.ts';
import { settingsOf } from '../../house.ts';
import { openLabModels } from '../open-lab-models.ts';
import { type ExportFlags, exportFlags } from './export-flags.ts';
import { judgedSamples } from './judged-samples.ts';

export { EXPORT_HELP } from './export-help.ts';

/** So many conversations between two lines of progress. */
const TOLD_EVERY = 10_000;

/** `dramatis lab export`: resolves to the exit code. */
export async function exportData(args: readonly string[], io: CliIo): Promise<number> {
  const flags = exportFlags(args);
  const model = await baselineModel(flags, io);
  const manifest = await runExport(runOf(flags, model, io), io.signal);
  io.stdout.write(flags.json ? `${JSON.stringify(manifest)}\n` : exportWords(manifest, flags.out));
  return manifest.files.length > 0 ? 0 : 1;
}

async function baselineModel(flags: ExportFlags, io: CliIo): Promise<LabModel | undefined> {
  if (flags.baselineModel === undefined || !flags.kinds.includes('rp-rl')) return undefined;
  const asked = {
    ...{ roles: ['actor'] as const, names: { actor: flags.baselineModel } },
    concurrency: flags.concurrency,
  };
  return (await openLabModels(settingsOf(io), asked, io.signal)).actor;
}

/** Requests in flight at once, where nothing is said. */
const CONCURRENCY = 32;

function runOf(flags: ExportFlags, model: LabModel | undefined, io: CliIo): ExportRun {
  const { out, kinds, engines, forms, val, test, by, seed, maxTokens, apart, limit, verdicts } = flags;
  const baseline = model ?? flags.baseline;
  return {
    ...{ sources: flags.sources, out, kinds, engines, forms, maxTokens },
    split: { seed, val, test, by },
    concurrency: flags.concurrency ?? CONCURRENCY,
    ...(verdicts === undefined ? {} : { judged: judgedSamples(verdicts, flags) }),
    ...(apart === undefined ? {} : { apart }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(limit === undefined ? {} : { limit }),
    onConversation(count) {
      if (count % TOLD_EVERY === 0) io.stderr.write(`${count} conversations\n`);
    },
  };
}

function exportWords(manifest: ExportManifest, out: string): string {
  const { conversations, samples, rejects, notes, files } = manifest;
  const lines = [`${conversations.out} of ${conversations.in} conversations were used`];
  for (const [kind, splits] of Object.entries(samples)) {
    const counts = Object.entries(splits).map(([split, count]) => `${split} ${count}`);
    lines.push(`  ${kind.padEnd(10)} ${counts.join(', ')}`);
  }
  const refused = Object.entries(rejects);
  if (refused.length > 0) {
    lines.push(`Not exported: ${refused.map(([why, count]) => `${why} ${count}`).join(', ')}`);
  }
  if (notes['cut']) lines.push(`${notes['cut']} samples have the end of their history alone`);
  if (notes['mended']) lines.push(`in ${notes['mended']} conversations broken characters were replaced`);
  lines.push(
    files.length === 0
      ? 'Nothing was exported.'
      : `${files.length} files; ${out}/README.md tells what they are`,
  );
  return `${lines.join('\n')}\n`;
}
