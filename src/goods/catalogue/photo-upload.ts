import '@fastify/multipart';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import { type AppRequest, FieldFaultsError, readForm } from '../../platform/index.js';

/**
 * The file of a multipart form whose only field is `file`. How large it may be is set where the application is made.
 * @throws UnsupportedMediaTypeException, BadRequestException for a form that is torn, FieldFaultsError where it has no file
 */
export async function readPhoto(request: AppRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw new UnsupportedMediaTypeException();
  const photo = await readForm(async () => {
    const part = await request.file();
    return part?.fieldname === 'file' ? part.toBuffer() : undefined;
  });
  if (photo === undefined) throw new FieldFaultsError([{ pointer: '/file', detail: 'a file is missing' }]);
  return photo;
}
