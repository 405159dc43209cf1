import type { TextEdit } from './diagnostic.js';
import { distanceFrom, sharedStart, type DistanceTo } from './distance.js';
import type { Span } from './source.js';

/** Names longer than this are not compared: nobody mistypes one of them. */
const maximumLength = 64;

/** No more than so many are looked at, so that a file of a thousand mistakes costs a thousand short searches. */
const maximumCandidates = 1000;

/** The candidate that was most likely meant, if one is near enough: of three letters one may differ, whatever their case. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > maximumLength) return undefined;
  const wanted = name.toLowerCase();
  const distanceTo = distanceFrom(wanted);
  let best: Near | undefined;
  let looked = 0;
  for (const candidate of candidates) {
    looked += 1;
    if (looked > maximumCandidates) break;
    if (candidate === name || candidate.length > maximumLength) continue;
    const near = nearness(wanted, candidate, best?.distance ?? Number.POSITIVE_INFINITY, distanceTo);
    if (near !== undefined && (best === undefined || isNearer(near, best))) best = near;
  }
  return best?.candidate;
}

/** What a message says about a name that isn't known: the nearest that is, and the edit that takes it. */
export interface Offer {
  readonly help?: string;
  readonly fix?: TextEdit;
}

/** The help and the fix that put the nearest candidate in the place of a name; nothing where none is near. */
export function offer(name: string, span: Span, candidates: Iterable<string>): Offer {
  const near = suggest(name, candidates);
  return near === undefined ? {} : { help: `did you mean \`${near}\`?`, fix: { span, text: near } };
}

interface Near {
  readonly candidate: string;
  readonly distance: number;
  /** How many letters are the same from the beginning: between equals, people get the first ones right. */
  readonly shared: number;
}

function nearness(
  wanted: string,
  candidate: string,
  least: number,
  distanceTo: DistanceTo,
): Near | undefined {
  const other = candidate.toLowerCase();
  const distance = distanceTo(other, Math.min(boundFor(wanted), least));
  if (distance !== undefined) return { candidate, distance, shared: sharedStart(wanted, other) };
  return isBeginning(wanted, other) && least > beginningDistance
    ? { candidate, distance: beginningDistance, shared: wanted.length }
    : undefined;
}

/** One letter of three, at least one; a name of one letter differs in its case at most. */
function boundFor({ length }: string): number {
  return length === 1 ? 0 : Math.max(1, Math.floor(length / 3));
}

/** A name that is only the beginning of another is farther away than any mistyped one. */
const beginningDistance = maximumLength;

function isBeginning(wanted: string, other: string): boolean {
  return wanted.length >= 3 && other.startsWith(wanted);
}

function isNearer(one: Near, other: Near): boolean {
  return one.distance < other.distance || (one.distance === other.distance && one.shared > other.shared);
}
