/** No file of weights has more bytes: Node 20 reads no more into one piece of memory. */
export const largestWeightFile = 2 ** 32 - 1;
