import { crc32, inflateRawSync } from 'node:zlib';

/*
 * The parts of the ZIP format that spreadsheets use (PKWARE APPNOTE 6.3). A ready-made unzipper reads a stream and
 * believes the header before each file; what a few bytes unpack to is then known only when the memory is full. Here
 * the directory at the end is read first, and no file may unpack to more than it said there.
 */

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const DIRECTORY_ENTRY_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const ENCRYPTED_FLAG = 1;
const UTF8_NAME_FLAG = 0x0800;
const STORED = 0;
const DEFLATED = 8;

/** A workbook has some tens of files; a photo or two more. */
const ENTRIES_MAX = 1_000;

/** The bytes are no archive of the kind that spreadsheets are, or a damaged one. */
export class ZipUnreadableError extends Error {
  override readonly name = 'ZipUnreadableError';
}

/** One file of an archive, as its directory describes it. Nothing has been unpacked yet. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly compressedBytes: number;
  readonly unzippedBytes: number;
  readonly localHeaderAt: number;
}

/**
 * The directory of an archive.
 *
 * @throws ZipUnreadableError
 */
export function listZipEntries(archive: Buffer): ZipEntry[] {
  const endAt = findEndOfDirectory(archive);
  const entryCount = archive.readUInt16LE(endAt + 10);
  if (entryCount > ENTRIES_MAX) throw new ZipUnreadableError('The archive has too many files.');
  let at = archive.readUInt32LE(endAt + 16);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < entryCount; index += 1) {
    if (at + DIRECTORY_ENTRY_BYTES > endAt || archive.readUInt32LE(at) !== DIRECTORY_ENTRY) {
      throw new ZipUnreadableError('The directory of the archive is damaged.');
    }
    if ((archive.readUInt16LE(at + 8) & ENCRYPTED_FLAG) !== 0) {
      throw new ZipUnreadableError('The archive is encrypted.');
    }
    const nameEnd = at + DIRECTORY_ENTRY_BYTES + archive.readUInt16LE(at + 28);
    entries.push({
      name: archive.toString('utf8', at + DIRECTORY_ENTRY_BYTES, nameEnd),
      method: archive.readUInt16LE(at + 10),
      compressedBytes: archive.readUInt32LE(at + 20),
      unzippedBytes: archive.readUInt32LE(at + 24),
      localHeaderAt: archive.readUInt32LE(at + 42),
    });
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

/** The directory's end is marked at the end of the file; only a comment may follow. */
function findEndOfDirectory(archive: Buffer): number {
  const lowest = Math.max(0, archive.length - END_BYTES - COMMENT_BYTES_MAX);
  for (let at = archive.length - END_BYTES; at >= lowest; at -= 1) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new ZipUnreadableError('The file is no archive.');
}

/**
 * Unpacks one file, at most to the size that the directory gives.
 *
 * @throws ZipUnreadableError when it is larger or smaller than that, or damaged
 */
export function unzipEntry(archive: Buffer, entry: ZipEntry): Buffer {
  const { localHeaderAt, compressedBytes, unzippedBytes, method } = entry;
  if (localHeaderAt + LOCAL_HEADER_BYTES > archive.length || archive.readUInt32LE(localHeaderAt) !== LOCAL_HEADER) {
    throw new ZipUnreadableError('A file of the archive is not where the directory says.');
  }
  const nameBytes = archive.readUInt16LE(localHeaderAt + 26);
  const extraBytes = archive.readUInt16LE(localHeaderAt + 28);
  const start = localHeaderAt + LOCAL_HEADER_BYTES + nameBytes + extraBytes;
  const packed = archive.subarray(start, start + compressedBytes);
  const content = method === STORED ? packed : inflate(packed, unzippedBytes, method);
  if (content.length !== unzippedBytes) throw new ZipUnreadableError('A file of the archive has another size.');
  return content;
}

function inflate(packed: Buffer, unzippedBytes: number, method: number): Buffer {
  if (method !== DEFLATED) throw new ZipUnreadableError('A file of the archive is packed in an unknown way.');
  try {
    // Zlib refuses a limit of 0; the size is compared afterwards in any case.
    return inflateRawSync(packed, { maxOutputLength: Math.max(unzippedBytes, 1) });
  } catch (error) {
    throw new ZipUnreadableError('A file of the archive cannot be unpacked.', { cause: error });
  }
}

/** An archive of the given files, not compressed: as large as the files and a hundred bytes for each. */
export function packZip(files: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of files) {
    const nameBytes = Buffer.from(name, 'utf8');
    // What both headers have in common: version 2.0, flags, method, no time and date, checksum, sizes, name length.
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(UTF8_NAME_FLAG, 2);
    facts.writeUInt16LE(STORED, 4);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(content.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(nameBytes.length, 22);
    parts.push(signature(LOCAL_HEADER), facts, nameBytes, content);
    const placement = Buffer.alloc(14);
    placement.writeUInt32LE(at, 10);
    directory.push(signature(DIRECTORY_ENTRY), facts.subarray(0, 2), facts, placement, nameBytes);
    at += LOCAL_HEADER_BYTES + nameBytes.length + content.length;
  }
  const directoryBytes = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(END_BYTES - 4);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(directoryBytes, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, ...directory, signature(END_OF_DIRECTORY), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
