#!/usr/bin/env node
// What `npm start`, `npm test` and `npm run …` run. Plain JavaScript without dependencies, for Node 20
// and later: it installs what is missing, finds Node 24 and hands over to it.
//
//   run.mjs [command …]        the program: `dramatis <command>`
//   run.mjs --tool NAME …      a tool of this repository: test, check, fix, bench, fuzz, chaos, words, mutants,
//                              audit, schemas, tavern
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, nodeMissing } from './find-node.mjs';
import { install, isInstalled } from './install.mjs';
import { BULK, exitLike, run, SET_UP } from './run-child.mjs';
import { runTool } from './tools.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [first, ...rest] = process.argv.slice(2);
const tool = first === '--tool' ? rest.shift() : undefined;

if (!isInstalled(root, { dev: tool !== undefined })) {
  const failure = install(root, { dev: tool !== undefined });
  if (failure) stop(failure);
}
const node = findNode(root);
if (!node) stop(nodeMissing());

exitLike(tool === undefined ? await runProgram() : await runTool(tool, rest, { root, node }));

function runProgram() {
  const args = process.argv.slice(2);
  // These name no files of the caller's, so that data/ and .env are found wherever they are started from.
  const atHome = first === 'start' || first === 'doctor';
  return run(
    node,
    [
      SET_UP,
      ...(first === 'lab' ? BULK : []),
      ...(existsSync(join(root, '.env')) ? [`--env-file=${join(root, '.env')}`] : []),
      join(root, 'src', 'cli.ts'),
      ...args,
    ],
    { cwd: atHome ? root : process.cwd(), channel: true },
  );
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
