import { existsSync } from 'node:fs';
import { run } from './house/run.mjs';
import { runTests } from './house/vitest.mjs';

// `npm run test:browser`: installs and builds what is missing, a browser too, then runs the tests that need one; arguments go
// to vitest.

const config = ['--config', 'test/browser/vitest.config.ts'];
process.exitCode = await runTests([...config, ...process.argv.slice(2)], async () => {
  const browser = findBrowser() ?? (await installBrowser());
  if (browser === undefined) {
    process.stderr.write('cnnc: there is no chromium; install one, or name it in CNNC_CHROMIUM\n');
    return 2;
  }
  process.env['CNNC_CHROMIUM'] = browser;
  return 0;
});

function findBrowser() {
  const named = process.env['CNNC_CHROMIUM'];
  const places = named === undefined ? ['/usr/bin/chromium', '/usr/bin/chromium-browser'] : [named];
  return places.find((place) => existsSync(place));
}

/** Debian's own, which only root may install. */
async function installBrowser() {
  if (
    process.env['CNNC_CHROMIUM'] !== undefined ||
    process.getuid?.() !== 0 ||
    !existsSync('/usr/bin/apt-get')
  )
    return undefined;
  process.stderr.write('cnnc: installing chromium\n');
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  for (const args of [['update', '-qq'], install]) {
    const code = await run('apt-get', args, { output: 'to-stderr' });
    if (code !== 0) return undefined;
  }
  return findBrowser();
}
