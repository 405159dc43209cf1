import { readFileSync } from 'node:fs';

/** The most memory that this process has held at once, in bytes. */
export function peakMemory(): number {
  return 1024 * (highWaterMark() ?? process.resourceUsage().maxRSS);
}

/**
 * What Linux says of the program that runs now, in KiB; `maxRSS`, which other systems must do with, begins there with what the
 * process held that started it.
 */
function highWaterMark(): number | undefined {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes);
  } catch {
    return undefined;
  }
}
