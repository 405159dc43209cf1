import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { openProgress } from '../../src/cli/progress.js';

describe('the line of progress', () => {
  it('changes in its place on a terminal, at most ten times a second, and goes away', () => {
    const { io, written, clock } = watched({ isTerminal: true });
    const progress = openProgress(io, clock.now);
    progress.show('one');
    clock.time += 50;
    progress.show('two');
    clock.time += 50;
    progress.show('three');
    progress.say('done');
    progress.clear();
    expect(written).toEqual(['\r\u001b[2Kone', '\r\u001b[2Kthree', '\r\u001b[2K', 'done\n']);
  });

  it('is never wider than the terminal', () => {
    const { io, written, clock } = watched({ isTerminal: true, columns: 10 });
    openProgress(io, clock.now).show('0123456789abc');
    expect(written).toEqual(['\r\u001b[2K012345678']);
  });

  it('is a line every thirty seconds where nothing can change, without moves of the cursor', () => {
    const { io, written, clock } = watched({ isTerminal: false });
    const progress = openProgress(io, clock.now);
    progress.show('one');
    clock.time += 30_000;
    progress.show('two');
    clock.time += 29_000;
    progress.show('three');
    progress.say('done');
    progress.clear();
    expect(written).toEqual(['two\n', 'done\n']);
  });

  it('is silent where it is told to be quiet', () => {
    const { io, written, clock } = watched({ isTerminal: true, isQuiet: true });
    const progress = openProgress(io, clock.now);
    progress.show('one');
    progress.say('done');
    progress.clear();
    expect(written).toEqual([]);
  });
});

/** Streams that remember what is written, and a clock that is moved by hand. */
function watched({
  isTerminal,
  columns = 80,
  isQuiet = false,
}: {
  isTerminal: boolean;
  columns?: number;
  isQuiet?: boolean;
}) {
  const written: string[] = [];
  const stream = {
    write: (text: string) => void written.push(text),
    isTerminal,
    columns: isTerminal ? columns : undefined,
    colors: pc.createColors(false),
  };
  const note = (text: string): void => {
    if (!isQuiet) stream.write(text);
  };
  const io: Io = { out: stream, err: stream, isQuiet, note, detail: () => undefined };
  const clock = { time: 1000, now: () => clock.time };
  return { io, written, clock };
}
