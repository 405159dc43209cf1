/** The factor of the values of images, which are 0 to 255 in a file, where `preprocess` says none. */
export const usualScale = 1 / 255;
