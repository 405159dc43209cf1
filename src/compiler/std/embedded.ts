// Generated from std/*.cnn by `npm run generate`: change those files, not this one.

/** The standard library: the source text of each file by the name that imports use, `std/blocks`. */
export const embeddedStd: ReadonlyMap<string, string> = new Map([
]);
