/** Fetches what lies on a server or, in Node, in a file. */
export async function fetchAnywhere(url: URL, init?: RequestInit): Promise<Response> {
  if (url.protocol !== 'file:') return fetch(url, init);
  const { readFile } = await import('node:fs/promises');
  return new Response(await readFile(url));
}

/** The bytes of a file; one that isn't there is an error that names it. */
export async function readBytes(url: URL): Promise<ArrayBuffer> {
  const response = await fetchAnywhere(url);
  if (!response.ok)
    throw new Error(`can’t load ${url.href}: ${String(response.status)} ${response.statusText}`);
  return response.arrayBuffer();
}
