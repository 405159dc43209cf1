// Writes the most memory that a process had, in bytes, into the file that CNNC_PEAK names.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

process.on('exit', () => {
  writeFileSync(process.env['CNNC_PEAK'] ?? '', String(1024 * peakKilobytes()));
});

/** Linux counts what the parent had in what it says of resources, but not here. */
function peakKilobytes() {
  if (!existsSync('/proc/self/status')) return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
