import { copyFileSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ioFailure, systemReason } from './failure.js';
import { carryOut, carryOutRest, finishWrites, isThere, printJournal, type Journal } from './journal.js';
import { makeFolder, removeFolders } from './make-folder.js';
import { statFile } from './stat-file.js';
import { temporaryName } from './temporary-name.js';
import { flushFolder, writeNew } from './write-file.js';

/** One of several files that belong together. */
export interface NewFile {
  /** Relative to their folder, with `/` between the parts. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Replaces several files of a folder, and removes others, all or none: everything is written to temporary names and flushed
 * before a journal decides for the new files, and only then are they renamed, in their order. What fails is taken back; a
 * run that is killed leaves the old files, or a journal by which the next write into the folder (or `finishWrites`, for
 * those who read several of the files) finishes the new ones. Name the file that names the others last: then even who
 * knows nothing of journals never finds old and new side by side.
 */
export function writeFilesTogether(
  folder: string,
  files: readonly NewFile[],
  removed: readonly string[] = [],
): void {
  finishWrites(folder);
  const made = [...makeFolder(folder)];
  try {
    for (const { path } of files) made.push(...makeFolder(dirname(join(folder, path))));
    decide(folder, prepare(folder, files, removed));
  } catch (error) {
    removeFolders(made);
    throw error;
  }
}

/** What is decided on, and what takes it back. */
interface Plan {
  readonly change: Journal;
  readonly undo: Journal;
}

/** Writes the new files under temporary names, and gives second names to those that are replaced or go. */
function prepare(folder: string, files: readonly NewFile[], removed: readonly string[]): Plan {
  const moves = files.map(({ path }): Move => [temporaryName('tmp'), path]);
  const replaced = [...files.map(({ path }) => path), ...removed].filter((path) =>
    isThere(join(folder, path)),
  );
  const backups = replaced.map((path): Move => [temporaryName('tmp'), path]);
  const [news, olds] = [moves.map(([from]) => from), backups.map(([from]) => from)];
  const fresh = files.map(({ path }) => path).filter((path) => !replaced.includes(path));
  try {
    for (const [place, { path, content }] of files.entries())
      writeTemporary(join(folder, path), join(folder, news[place] ?? path), content);
    for (const [backup, path] of backups) linkOrCopy(join(folder, path), join(folder, backup));
  } catch (error) {
    removeAll(folder, [...news, ...olds]);
    throw error;
  }
  return {
    change: { moves, removes: [...removed, ...olds] },
    // A file that has not been replaced yet is the same as its second name, which a rename then leaves.
    undo: { moves: backups, removes: [...fresh, ...news, ...olds] },
  };
}

type Move = readonly [from: string, to: string];

function writeTemporary(target: string, temporary: string, content: string | Uint8Array): void {
  try {
    // No file can be renamed to a folder; told before anything is decided.
    if (statFile(target)?.isDirectory() === true) throw new Error('it is a folder');
    writeNew(temporary, content);
  } catch (error) {
    throw ioFailure(`can't write ${target}: ${systemReason(error)}`);
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copy(from, to);
  }
}

/** Not every file system has several names for a file. */
function copy(from: string, to: string): void {
  try {
    copyFileSync(from, to);
  } catch (error) {
    throw ioFailure(`can't replace ${from}: ${systemReason(error)}`);
  }
}

/** Writes the change down, does it, and strikes it out; what can't be done is taken back in the same way. */
function decide(folder: string, { change, undo }: Plan): void {
  const journal = join(folder, temporaryName('journal'));
  try {
    writeDown(folder, journal, change);
    carryOut(folder, change);
    flushFolder(folder);
  } catch (error) {
    takeBack(folder, journal, undo);
    throw ioFailure(`can't write into the folder ${folder}: ${systemReason(error)}`);
  }
  strikeOut(journal);
}

/** The change is done by now: a journal that stays tells of nothing that is left to do. */
function strikeOut(journal: string): void {
  try {
    rmSync(journal, { force: true });
  } catch {
    // The next write into the folder takes it away.
  }
}

function writeDown(folder: string, journal: string, content: Journal): void {
  const temporary = temporaryName('tmp');
  try {
    writeNew(join(folder, temporary), printJournal(content));
    renameSync(join(folder, temporary), journal);
  } catch (error) {
    removeAll(folder, [temporary]);
    throw error;
  }
  flushFolder(folder);
}

function takeBack(folder: string, journal: string, undo: Journal): void {
  try {
    // From here on a kill leaves the old files.
    writeDown(folder, journal, undo);
  } catch {
    // On a full device it can't be said; it is done all the same.
  }
  try {
    carryOutRest(folder, undo);
    rmSync(journal, { force: true });
  } catch {
    // What hinders the way back too is told as what hindered the way there; the journal stays for the next write.
  }
}

function removeAll(folder: string, names: readonly string[]): void {
  try {
    for (const name of names) rmSync(join(folder, name), { force: true });
  } catch {
    // What can't be taken away now is swept by the next write into the folder.
  }
}
