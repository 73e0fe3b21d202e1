import '@fastify/multipart';
import { type AppRequest, readForm } from '../../platform/index.js';
import { UploadMissingError } from '../residents.errors.js';

/** A form with one file in it. */
export interface Upload {
  readonly file: Buffer;
  /** As the browser gave it; never used as a path. */
  readonly fileName: string;
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Reads a multipart form, in whatever order its parts come. How large file and fields may be is set where the application
 * is made.
 * @throws BadRequestException for a torn form, UploadMissingError where the request is no form or has no file
 */
export async function readUpload(request: AppRequest): Promise<Upload> {
  if (!request.isMultipart()) throw new UploadMissingError();
  const fields = new Map<string, string>();
  let upload: Omit<Upload, 'fields'> | undefined;
  await readForm(async () => {
    for await (const part of request.parts()) {
      if (part.type === 'file') upload = { file: await part.toBuffer(), fileName: part.filename };
      else if (typeof part.value === 'string') fields.set(part.fieldname, part.value);
    }
  });
  if (upload === undefined) throw new UploadMissingError();
  return { ...upload, fields };
}
