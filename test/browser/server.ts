import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

/** A server of files on this machine only. */
export interface FileServer {
  /** Where it listens, with a slash at its end. */
  readonly url: string;
  /** The paths that were asked for and are not there. */
  readonly missing: readonly string[];
  close(): void;
}

/** Serves the files of a folder, as plainly as any server of files; `made` are pages that lie in no folder. */
export function serveFolder(
  folder: string,
  made: ReadonlyMap<string, string> = new Map(),
): Promise<FileServer> {
  const missing: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    try {
      const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
      const content = made.get(path) ?? readFileSync(join(folder, path));
      response.writeHead(200, { 'content-type': types.get(extname(path)) ?? 'application/octet-stream' });
      response.end(content);
    } catch {
      missing.push(pathname);
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('the server has no port');
      resolve({ url: `http://127.0.0.1:${String(address.port)}/`, missing, close: () => server.close() });
    });
  });
}

/** What Python's server of files says of them, which knows no more. */
const types: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html'],
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.json', 'application/json'],
  ['.wasm', 'application/wasm'],
]);
