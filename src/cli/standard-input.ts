import { readSync } from 'node:fs';
import { ioFailure, systemCode, systemReason } from './failure.js';

/** Reads standard input to its end; where that is too much, gives only how much came before it stopped. */
export function readStandardInput(largest: number): Uint8Array | number {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const chunk = new Uint8Array(1 << 16);
    const read = readChunk(chunk);
    if (read === 0) return Buffer.concat(chunks);
    size += read;
    if (size > largest) return size;
    chunks.push(chunk.subarray(0, read));
  }
}

function readChunk(chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (error) {
      const code = systemCode(error);
      if (code === 'EOF') return 0;
      // A terminal or a pipe that was made non-blocking has nothing yet.
      if (code !== 'EAGAIN') throw ioFailure(`can't read standard input: ${systemReason(error)}`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
