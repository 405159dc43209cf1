/** What the frame of a JPEG file says, or why the file can't be decoded. */
export type JpegFrame =
  | { readonly kind: 'frame'; readonly width: number; readonly height: number }
  | { readonly kind: 'complaint'; readonly complaint: string };

/**
 * Walks over the segments in front of the pixels, each of which must lie in the file, and then looks for the end of the
 * pixels: the decoder takes what it can't read for something else (ITU-T T.81, annex B).
 */
export function readJpegFrame(bytes: Uint8Array): JpegFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frame: JpegFrame | undefined;
  let place = 2;
  while (place + 4 <= bytes.length) {
    const marker = bytes[place + 1] ?? 0;
    const length = view.getUint16(place + 2);
    if (bytes[place] !== 0xff) return complain('a segment doesn’t begin where the one before it ends');
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) place += 1;
    else if (marker === endOfImage) return complain('it holds no pixels');
    else if (length < 2 || place + 2 + length > bytes.length) return complain('it ends within a segment');
    else if (marker === startOfScan) {
      const complaint = complaintOfScans(bytes, place);
      return complaint === undefined ? (frame ?? complain('its pixels have no header')) : complain(complaint);
    } else {
      if (isFrame(marker)) frame = frameOf(marker, view, place);
      if (frame?.kind === 'complaint') return frame;
      place += 2 + length;
    }
  }
  return complain('it ends before its pixels begin');
}

const startOfScan = 0xda;
const endOfImage = 0xd9;

/** More scans than this no encoder writes; each makes the decoder go over the whole image. */
const maximumScans = 100;

/** The markers of frames, among which those of tables stand. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function frameOf(marker: number, view: DataView, place: number): JpegFrame {
  if (marker > 0xc2)
    return complain('it is lossless, hierarchical or arithmetically coded, which isn’t read');
  const length = view.getUint16(place + 2);
  const components = length < 8 ? 0 : view.getUint8(place + 9);
  if (length !== 8 + 3 * components) return complain('its header has the wrong length');
  if (![1, 3, 4].includes(components)) return complain(`it has ${String(components)} components`);
  const bits = view.getUint8(place + 4);
  if (bits !== 8) return complain(`its samples have ${String(bits)} bits, and only 8 are read`);
  for (let component = 0; component < components; component += 1) {
    const factors = view.getUint8(place + 11 + 3 * component);
    const [across, down] = [factors >> 4, factors & 15];
    if (Math.min(across, down) < 1 || Math.max(across, down) > 4) {
      return complain('a component has a resolution that there is not');
    }
  }
  return { kind: 'frame', height: view.getUint16(place + 5), width: view.getUint16(place + 7) };
}

/** Within the pixels a marker's first byte stands for itself only where 0 follows, so that scans can be counted. */
function complaintOfScans(bytes: Uint8Array, begin: number): string | undefined {
  let scans = 0;
  for (let place = bytes.indexOf(0xff, begin); place >= 0; place = bytes.indexOf(0xff, place + 1)) {
    const marker = bytes[place + 1];
    if (marker === endOfImage) return undefined;
    if (marker === startOfScan) scans += 1;
    if (scans > maximumScans) return `it has more than ${String(maximumScans)} scans`;
  }
  return 'it ends before its pixels do';
}

function complain(complaint: string): JpegFrame {
  return { kind: 'complaint', complaint };
}
