import type { InferenceOptions } from '../../../src/compiler/analyse/memory.js';
import { reportMemory, type MemoryReport } from '../../../src/report/memory/memory-report.js';
import { graphOf } from '../../compiler/net.js';

/** The memory of the only model of a text. */
export function reported(text: string, options: InferenceOptions = {}): MemoryReport {
  return reportMemory(graphOf(text), options);
}
