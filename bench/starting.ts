import { execFileSync } from 'node:child_process';
import { medianRatio, type Effort, type Row } from './measure.js';

/** A whole process of `cnnc check` against an empty one. */
export async function starting({ smoke }: Effort): Promise<readonly Row[]> {
  const run =
    (...args: readonly string[]) =>
    () =>
      execFileSync(process.execPath, args, { stdio: 'ignore' });
  const check = run('dist/cnnc.js', 'check', 'examples/resnet34.cnn');
  const ratio = await medianRatio(check, run('-e', '0'), smoke ? 1 : 15);
  return [
    {
      what: '`cnnc check examples/resnet34.cnn`, against an empty process',
      value: `${ratio.toFixed(2)}x`,
      target: '1.6x',
    },
  ];
}
