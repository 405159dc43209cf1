import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bash, buildCnnc, cnnc, folderWith, repository } from './cnnc.js';
import { good } from './sources.js';

beforeAll(buildCnnc);

describe('standard streams and files', () => {
  it('gives a pipe all of a large result', async () => {
    const direct = await cnnc(['summary', 'examples/resnet.cnn', '--format', 'json'], { cwd: repository });
    expect(direct.out.length).toBeGreaterThan(1 << 19);
    const piped = await bash('$CNNC summary examples/resnet.cnn --format json | (sleep 0.3; cat)', {
      cwd: repository,
    });
    expect(piped.out).toBe(direct.out);
  });

  it('takes a reader that goes away for no error', async () => {
    const { code, out, err } = await bash(
      'set -o pipefail; $CNNC summary examples/resnet.cnn ResNet152 | head -1; echo "code ${PIPESTATUS[0]}"',
      { cwd: repository },
    );
    expect(err).toBe('');
    expect(out).toMatch(/^ResNet152<.*\ncode 0\n$/);
    expect(code).toBe(0);
  });

  it.runIf(existsSync('/dev/full'))('ends with 3 where the device is full', async () => {
    const { out, err } = await bash('$CNNC summary examples/lenet5.cnn > /dev/full; echo "code $?"', {
      cwd: repository,
    });
    expect(out).toBe('code 3\n');
    expect(err).toBe("cnnc: can't write to standard output: no space left on the device\n");
  });

  it('writes a report to a file instead, whole or not at all', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    expect(await cnnc(['check', '-o', 'report.txt'], { cwd })).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).toBe('1 file, 1 model, 0 assertions: all well\n');
    expect(readdirSync(cwd).sort()).toEqual(['a.cnn', 'report.txt']);
  });

  it('ends with 3 where it can not write, and leaves nothing behind', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    const { code, err } = await cnnc(['check', '-o', 'nowhere/report.txt'], { cwd });
    expect(code).toBe(3);
    expect(err).toBe("cnnc: can't write nowhere/report.txt: no such file or folder\n");
    expect(readdirSync(cwd)).toEqual(['a.cnn']);
  });

  it('replaces a link at the place of a report, and not what it leads to', async () => {
    const cwd = folderWith({ 'a.cnn': good, 'precious.txt': 'precious' });
    symlinkSync('precious.txt', join(cwd, 'report.txt'));
    await cnnc(['check', '-o', 'report.txt'], { cwd });
    expect(readFileSync(join(cwd, 'precious.txt'), 'utf8')).toBe('precious');
  });
});
