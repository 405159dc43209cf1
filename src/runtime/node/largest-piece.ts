/** Bytes that are read, written or digested at once: Node takes fewer than 2^31. */
export const largestPiece = 2 ** 30;
