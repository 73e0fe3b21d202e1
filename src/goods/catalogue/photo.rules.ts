import { PhotoTooLargeError, PhotoUnreadableError } from '../goods.errors.js';
import { cleanJpeg } from './jpeg.rules.js';
import { cleanPng } from './png.rules.js';

/** A picture that may be shown to everybody. */
export interface CleanPhoto {
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly bytes: Buffer;
}

/** The longest side; four of its bytes a pixel are what a phone needs to show it. */
export const PHOTO_SIDE_PIXELS_MAX = 4096;

/**
 * What a picture is, told by its bytes and not by its name, without the metadata it came with.
 * @throws PhotoUnreadableError, PhotoTooLargeError
 */
export function cleanPhoto(source: Buffer): CleanPhoto {
  const jpeg = cleanJpeg(source);
  const image = jpeg ?? cleanPng(source);
  if (image === null) throw new PhotoUnreadableError();
  const { widthPixels, heightPixels, bytes } = image;
  if (Math.max(widthPixels, heightPixels) > PHOTO_SIDE_PIXELS_MAX) {
    throw new PhotoTooLargeError({ widthPixels, heightPixels, sidePixelsMax: PHOTO_SIDE_PIXELS_MAX });
  }
  return { mediaType: jpeg === null ? 'image/png' : 'image/jpeg', bytes };
}
