import { BadRequestException } from '@nestjs/common';

/**
 * Reads from a multipart form. What the plug-in refuses by its limits has a status of its own; what its parser cannot make
 * sense of has none, and is the sender's fault all the same.
 * @throws BadRequestException for a form that is torn or without a boundary
 */
export async function readForm<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'statusCode' in error) throw error;
    throw new BadRequestException(undefined, { cause: error });
  }
}
