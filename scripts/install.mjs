import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodePackage } from './find-node.mjs';

/**
 * Does node_modules hold what package-lock.json names? npm notes what it installed in a lock file of its
 * own inside, written last; comparing the two also accepts an `npm ci` made by hand.
 */
export function isInstalled(root, { dev }) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!present) return false;
  return Object.entries(wanted ?? {}).every(([path, entry]) => {
    const needed = path.endsWith(`/${nodePackage()}`) || (!entry.optional && !entry.devOptional);
    if (path === '' || !needed || (entry.dev && !dev)) return true;
    const found = present[path];
    return found?.version === entry.version && found.integrity === entry.integrity;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Installs exactly what the lock names; progress goes to stderr. Returns what went wrong, or nothing. */
export function install(root, { dev }) {
  process.stderr.write(
    'Installing what package-lock.json names; this is done once and takes about a minute.\n',
  );
  const started = Date.now();
  const [command, ...first] = findNpm();
  const result = spawnSync(
    command,
    [
      ...first,
      'ci',
      dev ? '--include=dev' : '--omit=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
    {
      cwd: root,
      // npm draws its progress on stderr; stdout may be meant for another program.
      stdio: ['ignore', process.stderr, process.stderr],
      // Windows starts npm.cmd through a shell only.
      shell: command === 'npm' && process.platform === 'win32',
    },
  );
  if (result.error) {
    return `npm could not be started (${result.error.code}): install Node with npm from https://nodejs.org.`;
  }
  if (result.status !== 0) {
    return 'Installing failed: see above for the reason, mend it (network, disk space), and start again.';
  }
  process.stderr.write(`Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
  return undefined;
}

/** The npm that runs us, else the one beside this Node, else the one on the path. */
function findNpm() {
  const here = dirname(process.execPath);
  const scripts = [
    process.env.npm_execpath ?? '',
    join(here, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(here, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = scripts.find((file) => file.endsWith('npm-cli.js') && existsSync(file));
  return script ? [process.execPath, script] : ['npm'];
}
