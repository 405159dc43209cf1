import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { fingerprint } from '../diagnostics/fingerprint.js';
import { systemCode } from './failure.js';
import { statFile } from './stat-file.js';

/** What stands under such a name: a file that is being written, or the journal of a set of files. */
export type TemporaryKind = 'tmp' | 'journal';

/** A name that nothing else has, which tells who writes: `.cnnc-HOST-PROCESS-RANDOM.tmp`. It is short whatever the file is called. */
export function temporaryName(kind: TemporaryKind): string {
  return `.cnnc-${thisHost()}-${String(process.pid)}-${randomBytes(4).toString('hex')}.${kind}`;
}

/** Tells our own names from all others. */
export function isTemporaryName(name: string, kind: TemporaryKind): boolean {
  return partsOf(name)?.kind === kind;
}

/**
 * True where nobody writes under such a name any more: its process is gone, or it has the number of this one, which writes
 * nothing while it asks. What another machine writes is left alone until it has not changed for an hour.
 */
export function isAbandoned(path: string, name: string): boolean {
  const parts = partsOf(name);
  if (parts === undefined) return false;
  if (parts.host === thisHost()) return parts.process === process.pid || !isAlive(parts.process);
  const changed = statFile(path)?.mtimeMs;
  return changed !== undefined && Date.now() - Number(changed) > hour;
}

const hour = 3_600_000;

const pattern = /^\.cnnc-(?<host>[0-9a-f]{8})-(?<process>\d{1,10})-[0-9a-f]{8}\.(?<kind>tmp|journal)$/;

function partsOf(name: string) {
  const groups = pattern.exec(name)?.groups;
  return groups && { host: groups['host'], process: Number(groups['process']), kind: groups['kind'] };
}

/** Machines that share a folder, containers too, have processes of the same numbers. */
function thisHost(): string {
  return fingerprint(Buffer.from(hostname(), 'utf8')).slice(0, 8);
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
