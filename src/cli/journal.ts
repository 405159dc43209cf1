import { lstatSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { isInside } from './loader.js';
import { isAbandoned, isTemporaryName } from './temporary-name.js';

/**
 * What is still to be done in a folder to change several of its files at once. Once it is written down, the change is
 * decided: whoever comes after a kill does the rest. Doing it twice does no harm. Paths are relative to the folder.
 */
export interface Journal {
  /** Temporary files, and where each belongs; one that isn't there has been moved. */
  readonly moves: readonly (readonly [from: string, to: string])[];
  /** Files that go, after all moves. */
  readonly removes: readonly string[];
}

/** Does what a journal says for the first time: everything that it names must be there. */
export function carryOut(folder: string, { moves, removes }: Journal): void {
  for (const [from, to] of moves) renameSync(join(folder, from), join(folder, to));
  for (const path of removes) rmSync(join(folder, path), { force: true });
}

/** Does what is left of a journal that may have been done in part. */
export function carryOutRest(folder: string, { moves, removes }: Journal): void {
  carryOut(folder, { moves: moves.filter(([from]) => isThere(join(folder, from))), removes });
}

/** True where anything has this name; also a link that leads nowhere. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/**
 * Brings a folder in order that a killed run may have left: a change that it had decided on is finished, and what it had
 * only begun to write is taken away. Nothing of a process that lives is touched, and no name that isn't ours.
 */
export function finishWrites(folder: string): void {
  const names = namesIn(folder).filter((name) => isAbandoned(join(folder, name), name));
  try {
    for (const name of names.filter((each) => isTemporaryName(each, 'journal'))) {
      const journal = parseJournal(readFileSync(join(folder, name), 'utf8'));
      if (journal !== undefined && staysInside(folder, journal)) carryOutRest(folder, journal);
      rmSync(join(folder, name), { force: true });
    }
    for (const name of names) rmSync(join(folder, name), { force: true });
  } catch {
    // The folder can't be changed, which the write that follows tells with its own words. Nothing of the journal is lost.
  }
}

/** The text of a journal's file. */
export function printJournal(journal: Journal): string {
  return `${JSON.stringify(journal)}\n`;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Nothing where the text is none of ours. */
function parseJournal(text: string): Journal | undefined {
  const parsed = parseJson(text);
  if (typeof parsed !== 'object' || parsed === null || !('moves' in parsed) || !('removes' in parsed))
    return undefined;
  const { moves, removes } = parsed;
  if (!Array.isArray(moves) || !moves.every(isMove) || !Array.isArray(removes) || !removes.every(isPath))
    return undefined;
  return { moves, removes };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMove(value: unknown): value is readonly [string, string] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const from: unknown = value[0];
  return typeof from === 'string' && isTemporaryName(from, 'tmp') && isPath(value[1]);
}

function isPath(value: unknown): value is string {
  return (
    typeof value === 'string' && value !== '' && !isAbsolute(value) && !value.split(/[\\/]/).includes('..')
  );
}

/** A folder may come from anyone: what a link in it leads to is not changed. */
function staysInside(folder: string, { moves, removes }: Journal): boolean {
  const root = realpathSync(folder);
  const parents = new Set(
    [...moves.map(([, to]) => to), ...removes].map((path) => dirname(join(folder, path))),
  );
  return [...parents].every((parent) => isThere(parent) && isWithin(realpathSync(parent), root));
}

function isWithin(path: string, root: string): boolean {
  return path === root || isInside(path, root);
}
