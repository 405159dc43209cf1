/**
 * A path, as messages name it, as a relative URI: slashes stay, all else that a URI can't hold is percent-encoded, colons
 * too, so that none is taken for the end of a scheme.
 */
export function uriOf(path: string): string {
  return path.replace(loneSurrogate, '\ufffd').split('/').map(encodeURIComponent).join('/');
}

/** Half of a pair, which has no bytes in UTF-8. */
const loneSurrogate = /\p{Cs}/gu;
