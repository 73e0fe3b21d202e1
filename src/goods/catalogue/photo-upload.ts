import '@fastify/multipart';
import { BadRequestException, UnsupportedMediaTypeException } from '@nestjs/common';
import { type AppRequest, FieldFaultsError } from '../../platform/index.js';

/**
 * The file of a multipart form whose only field is `file`. How large it may be is set where the application is made.
 * @throws UnsupportedMediaTypeException, BadRequestException for a form that is torn, FieldFaultsError where it has no file
 */
export async function readPhoto(request: AppRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw new UnsupportedMediaTypeException();
  let photo: Buffer | undefined;
  try {
    const part = await request.file();
    if (part?.fieldname === 'file') photo = await part.toBuffer();
  } catch (error) {
    // What the plug-in refuses by its limits has a status of its own; what its parser cannot make sense of has none.
    if (typeof error === 'object' && error !== null && 'statusCode' in error) throw error;
    throw new BadRequestException(undefined, { cause: error });
  }
  if (photo === undefined) throw new FieldFaultsError([{ pointer: '/file', detail: 'a file is missing' }]);
  return photo;
}
