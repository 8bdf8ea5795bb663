import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the registry knows of the packages that run: faults, or that it did not tell. */
export type KnownFaults =
  | { readonly told: true; readonly serious: readonly string[]; readonly others: number }
  | { readonly told: false; readonly why: string };

const PATIENCE_MS = 60_000;

type Report = {
  readonly vulnerabilities?: Readonly<
    Record<string, { readonly severity: string; readonly range?: string; readonly via?: readonly unknown[] }>
  >;
  readonly message?: string;
  readonly error?: { readonly summary?: string; readonly code?: string };
};

/** Asks the registry (`npm audit`) about what is installed to run the program. Never throws. */
export function askForKnownFaults(root: string): Promise<KnownFaults> {
  const args = ['audit', '--omit=dev', '--json'];
  const [command, ...first] = npm();
  return new Promise((resolve) => {
    execFile(
      command,
      [...first, ...args],
      { cwd: root, timeout: PATIENCE_MS, maxBuffer: 32 * 1024 * 1024, shell: false },
      (error, stdout) => resolve(readReport(stdout, error?.message)),
    );
  });
}

/** Exported for its test: npm exits with 1 both where it found something and where it was not answered. */
export function readReport(stdout: string, failure: string | undefined): KnownFaults {
  const report = parse(stdout);
  if (!report?.vulnerabilities) {
    const why = report?.error?.summary || report?.message || report?.error?.code || failure || 'no answer';
    return { told: false, why: why.split('\n')[0] ?? '' };
  }
  const found = Object.entries(report.vulnerabilities);
  const isSerious = (severity: string) => severity === 'high' || severity === 'critical';
  const serious = found
    .filter(([, { severity }]) => isSerious(severity))
    .map(([name, { severity, range = '' }]) => `${name} ${range}: ${severity}`);
  return { told: true, serious, others: found.length - serious.length };
}

function parse(stdout: string): Report | undefined {
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    return undefined;
  }
}

/** npm is a script beside some Node; its own path is told to whatever it runs. */
function npm(): [string, ...string[]] {
  const here = dirname(process.execPath);
  const script = [
    process.env['npm_execpath'] ?? '',
    join(here, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(here, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((path) => path.endsWith('npm-cli.js') && existsSync(path));
  return script ? [process.execPath, script] : ['npm'];
}
