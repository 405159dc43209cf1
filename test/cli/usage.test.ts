import { beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/cli/exit-codes.js';
import { ioFailure, usageFailure } from '../../src/cli/failure.js';
import { wantsColor } from '../../src/cli/io.js';
import { outcomeOf } from '../../src/cli/outcome.js';
import { buildCnnc, cnnc, folderWith } from './cnnc.js';
import { bad, good } from './sources.js';

beforeAll(buildCnnc);

describe('the usage of the command line', () => {
  it('prints the version and the help on standard output', async () => {
    const version = await cnnc(['--version']);
    expect(version).toMatchObject({ code: 0, err: '' });
    expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = await cnnc(['check', '--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('Usage: cnnc check');
  });

  it.each([
    [['chek'], "unknown command 'chek'\n(Did you mean check?)"],
    [['measure'], "unknown command 'measure'"],
    [['measure', '--help'], "unknown command 'measure'"],
    [['-h', 'chek'], '(Did you mean check?)'],
    [['check', '--colour'], "unknown option '--colour'"],
    [['summary'], "missing required argument 'file'"],
    [['check', '--format', 'yaml'], "'yaml' is invalid"],
    [['check', '--max-warnings', '-1'], 'A whole number of at least 0 is expected.'],
    [['summary', 'a.cnn', '--set', 'classes'], 'It is written `name=value`.'],
    [['summary', 'a.cnn', '--set', 'a=1', '--set', 'a=2'], '`a` is given twice.'],
    [['train', 'a.cnn', '--limit-memory', '5%'], 'A number of bytes is expected'],
    [['completions', 'tcsh'], "'tcsh' is invalid"],
  ])('ends with 2 for %j', async (args, message) => {
    const { code, out, err } = await cnnc(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });

  it('ends with 2 and the help where nothing is asked', async () => {
    const { code, out, err } = await cnnc([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: cnnc');
  });

  it('colours what a terminal shows, and what is forced', async () => {
    const cwd = folderWith({ 'a.cnn': bad });
    expect((await cnnc(['check'], { cwd })).out).not.toContain('\u001b[');
    const forced = { cwd, env: { FORCE_COLOR: '1' } };
    expect((await cnnc(['check'], forced)).out).toContain('\u001b[');
    expect((await cnnc(['check', '--no-color'], forced)).out).not.toContain('\u001b[');
    expect((await cnnc(['--no-color', 'check'], forced)).out).not.toContain('\u001b[');
  });

  it.each([
    [{}, {}, true, true],
    [{}, {}, false, false],
    [{}, { TERM: 'dumb' }, true, false],
    [{}, { NO_COLOR: '1' }, true, false],
    [{}, { NO_COLOR: '' }, true, true],
    [{}, { FORCE_COLOR: '1' }, false, true],
    [{}, { FORCE_COLOR: '0' }, true, false],
    [{}, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ color: false }, { FORCE_COLOR: '1' }, true, false],
  ])('decides on colours from %j, %j and a terminal: %j', (flags, environment, isTerminal, wanted) => {
    expect(wantsColor(flags, environment, isTerminal)).toBe(wanted);
  });

  it('tells our own mistakes from those of others', () => {
    expect(outcomeOf(usageFailure('no such file'), ['check'], '1.0.0')).toEqual({
      exitCode: exitCodes.usage,
      text: 'cnnc: no such file\n',
    });
    expect(outcomeOf(ioFailure('no space', 'make some'), [], '1.0.0').text).toBe(
      'cnnc: no space\n  help: make some\n',
    );
    const { exitCode, text } = outcomeOf(new TypeError('x is not a function'), ['check', 'a b.cnn'], '1.0.0');
    expect(exitCode).toBe(70);
    expect(text).toContain('version  cnnc 1.0.0, Node v');
    expect(text).toContain('command  cnnc "check" "a b.cnn"');
    expect(text).toContain('error    TypeError: x is not a function');
    expect(text).not.toContain('usage.test.ts');
    expect(outcomeOf(new TypeError('x'), ['--verbose'], '1.0.0').text).toContain('usage.test.ts');
  });

  it('writes completions that name every command', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { code, out } = await cnnc(['completions', shell]);
      expect(code).toBe(0);
      for (const word of ['check', 'summary', 'train', 'max-warnings']) expect(out).toContain(word);
    }
  });

  it('begins with a file that is right, and overwrites none', async () => {
    const cwd = folderWith();
    expect((await cnnc(['init'], { cwd })).code).toBe(0);
    expect((await cnnc(['check', '--max-warnings', '0'], { cwd })).out).toBe(
      '1 file, 1 model, 1 assertion: all well\n',
    );
    expect((await cnnc(['fmt', '--check'], { cwd })).code).toBe(0);
    expect((await cnnc(['init'], { cwd })).code).toBe(2);
    expect((await cnnc(['init', 'model.txt'], { cwd })).code).toBe(2);
  });

  it('says nothing but the result where it is told to be quiet', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    expect(await cnnc(['fmt', '--quiet'], { cwd })).toEqual({ code: 0, out: '', err: '' });
  });
});
