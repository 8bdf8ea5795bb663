import type { Manifest } from '../eval/result.ts';
import type { ReportData } from './report-data.ts';

/** What a run was made with, from its manifest, without what a report says elsewhere. */
export function settingsList(manifest: Manifest): NonNullable<ReportData['settings']> {
  const { version, benchmark, protocol, seed, data, prompts, judge, settings, roles, started, ended } =
    manifest;
  const told = (label: string, value: string | number | boolean) => ({ label, value: String(value) });
  return [
    told('Dramatis', version),
    told('benchmark', benchmark),
    told('protocol', protocol),
    told('data', `${data.name}, sha256 ${data.sha256}`),
    told('played', `${data.played} of ${data.scenes}`),
    told('prompts', `${prompts.source}, ${prompts.hash}`),
    told('judge', `${judge.model}, prompt ${judge.hash}, ${judge.times} × each`),
    told('seed', seed),
    ...Object.entries(settings)
      .filter(([name]) => !TOLD.includes(name))
      .map(([name, value]) => told(name, value)),
    ...Object.entries(roles)
      .filter(([, { served }]) => served.length > 0)
      .map(([role, { served }]) => told(`${role} as served`, served.join(', '))),
    told('started', started),
    told('ended', ended),
  ];
}

const TOLD = ['data', 'protocol', 'prompts', 'judge prompt', 'seed'];
