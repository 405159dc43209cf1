/** Pixels from left to right and from top to bottom, each red, green, blue and opacity from 0 to 255. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** An image: pixels anywhere; in a browser also what can be drawn on a canvas, or the bytes of an image file. */
export type Image =
  Pixels | Blob | HTMLImageElement | HTMLVideoElement | HTMLCanvasElement | ImageBitmap | OffscreenCanvas;

/** The pixels of an image. */
export async function pixelsOf(image: Image): Promise<Pixels> {
  const given: unknown = image;
  if (typeof given !== 'object' || given === null)
    throw new TypeError(`an image is expected, not ${given === null ? 'null' : typeof given}`);
  if ('data' in image) return checked(image);
  if (typeof document === 'undefined' && typeof OffscreenCanvas === 'undefined')
    throw new TypeError(
      'outside of a browser an image is { width, height, data } with four values for each pixel',
    );
  if (!(image instanceof Blob)) return drawn(image);
  // As `cnnc predict` reads a file: its values as they are, whatever profile of colours stands beside them.
  const bitmap = await createImageBitmap(image, { colorSpaceConversion: 'none' });
  try {
    return drawn(bitmap);
  } finally {
    bitmap.close();
  }
}

/** As many as `cnnc predict` takes. */
const maximumPixels = 2 ** 25;

function checked(pixels: Pixels): Pixels {
  const { width, height, data } = pixels;
  checkSize(width, height);
  if (!(data instanceof Uint8Array) && !(data instanceof Uint8ClampedArray))
    throw new TypeError('the data of an image is a Uint8Array or a Uint8ClampedArray');
  const expected = width * height * 4;
  if (data.length === expected) return pixels;
  throw new TypeError(
    `an image of ${String(width)}×${String(height)} has ${String(expected)} values, four for each pixel, not ${String(data.length)}`,
  );
}

function checkSize(width: number, height: number): void {
  const size = `an image of ${String(width)}×${String(height)}`;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1)
    throw new TypeError(`${size} has no pixels: is it loaded?`);
  if (width * height > maximumPixels)
    throw new TypeError(
      `${size} is too large: limit ${String(maximumPixels)} pixels, got ${String(width * height)}`,
    );
}

function drawn(image: Exclude<Image, Pixels | Blob>): Pixels {
  const { width, height } = sizeOf(image);
  checkSize(width, height);
  const context = contextOf(width, height);
  if (context === null) throw new Error('this browser gives no canvas to draw on');
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** The size of the image itself, whatever its size on a page. */
function sizeOf(image: Exclude<Image, Pixels | Blob>): { readonly width: number; readonly height: number } {
  if ('naturalWidth' in image) return { width: image.naturalWidth, height: image.naturalHeight };
  if ('videoWidth' in image) return { width: image.videoWidth, height: image.videoHeight };
  return image;
}

function contextOf(width: number, height: number) {
  if (typeof OffscreenCanvas !== 'undefined')
    return new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas.getContext('2d', { willReadFrequently: true });
}
