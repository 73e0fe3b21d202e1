const SIDE_MAX = 1024;
const QUALITY = 0.85;

/**
 * Makes of a camera's photo what a shelf needs: upright, at most 1024 pixels a side, a JPEG on white. The server takes JPEG
 * and PNG up to 5 MB and throws away what a photo says about its place and its way up.
 * @throws where the file is no picture that this browser can read
 */
export async function smallPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  if (small === null) throw new Error('no picture');
  return small;
}
