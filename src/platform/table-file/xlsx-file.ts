import { Worker } from 'node:worker_threads';
import type { TableCell, TableFile, TableHead } from './table-file.js';

const WORKER = new URL('./xlsx-worker.js', import.meta.url);

/**
 * Far more than the longest list takes: 100,000 rows of 17 texts, no two alike, pass 512 and fit into 1024. Where a thread
 * reaches its limit in the midst of one long string, Node.js ends the whole process and not the thread alone.
 */
const HEAP_MIB_MAX = 2048;

/**
 * A workbook of one sheet. The library builds it whole, which takes seconds for a hundred thousand rows: in a thread of
 * its own, so that the desk is served meanwhile. Texts are typed as texts, so none is ever a formula (S-20).
 */
export class XlsxFile implements TableFile {
  private readonly worker: Worker;
  private readonly content: Promise<Buffer>;

  /** @param stopping ends the work at once, which then fails with the reason of the signal */
  constructor(head: TableHead, stopping?: AbortSignal) {
    stopping?.throwIfAborted();
    const worker = new Worker(WORKER, {
      workerData: head,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX },
    });
    this.worker = worker;
    this.content = new Promise((resolve, reject) => {
      const stop = () => {
        reject(stopping?.reason as Error);
        void worker.terminate();
      };
      stopping?.addEventListener('abort', stop, { once: true });
      worker.once('message', ({ buffer }: Uint8Array<ArrayBuffer>) => resolve(Buffer.from(buffer)));
      worker.once('error', reject);
      worker.once('exit', () => {
        stopping?.removeEventListener('abort', stop);
        reject(new Error('the thread ended before the workbook was written'));
      });
    });
    // It may fail while nobody waits for it; the next call tells.
    this.content.catch(() => undefined);
  }

  async add(rows: readonly (readonly TableCell[])[]): Promise<void> {
    this.worker.postMessage(rows, []);
    // Goes on at once, unless the thread has failed already.
    await Promise.race([this.content, Promise.resolve()]);
  }

  async end(): Promise<Buffer> {
    this.worker.postMessage(null, []);
    try {
      return await this.content;
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
