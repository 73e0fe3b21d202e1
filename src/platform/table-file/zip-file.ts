import { crc32, createDeflateRaw } from 'node:zlib';

/** One file of an archive, packed. */
interface Part {
  readonly name: string;
  readonly crc: number;
  readonly size: number;
  readonly packed: Buffer;
}

const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** 2.0: the first version that knows deflate. */
const VERSION = 20;
const DEFLATED = 8;
/** 1980-01-01, the first day the format can name: equal contents give equal bytes. */
const NO_DATE = 0x21;

/** Packs a file that comes in pieces, in zlib's own threads, so that other requests are served meanwhile. */
export class ZipPart {
  private readonly deflate = createDeflateRaw();
  private readonly chunks: Buffer[] = [];
  private crc = 0;
  private size = 0;

  constructor(private readonly name: string) {
    this.deflate.on('data', (chunk: Buffer) => this.chunks.push(chunk));
  }

  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text, 'utf8');
    this.crc = crc32(bytes, this.crc);
    this.size += bytes.length;
    await new Promise<void>((resolve, reject) =>
      this.deflate.write(bytes, (error) => (error === null || error === undefined ? resolve() : reject(error))),
    );
  }

  async end(): Promise<Part> {
    await new Promise<void>((resolve) => {
      this.deflate.once('end', resolve);
      this.deflate.end();
    });
    return { name: this.name, crc: this.crc, size: this.size, packed: Buffer.concat(this.chunks) };
  }
}

/** An archive as spreadsheets are (PKWARE APPNOTE 6.3); names are ASCII. */
export function zipFile(parts: readonly Part[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name, 'ascii');
    const facts = factsOf(part, name.length);
    const local = Buffer.concat([int32(LOCAL_HEADER), facts, name, part.packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([int32(DIRECTORY_ENTRY), int16(VERSION), facts, entry, name]));
    pieces.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_OF_DIRECTORY, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...pieces, list, end]);
}

/** What stands in front of a file and again in the directory. */
function factsOf({ crc, size, packed }: Part, nameLength: number): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(VERSION, 0);
  facts.writeUInt16LE(DEFLATED, 4);
  facts.writeUInt16LE(NO_DATE, 8);
  facts.writeUInt32LE(crc, 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(size, 18);
  facts.writeUInt16LE(nameLength, 22);
  return facts;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
