import { shallowRef } from 'vue';

/** One act that is asked about before it is carried out. */
export interface Asked {
  readonly title: string;
  /** The word on the button. */
  readonly confirm: string;
  /** What it is about, where the title does not say it all. */
  readonly about?: string;
  readonly isDanger?: boolean;
  /** Nothing keeps a reason, so none is asked for. */
  readonly isPlain?: boolean;
  readonly act: (reason: string) => Promise<unknown>;
}

/** The act that waits for its answer in a panel with many acts and one dialog. */
export function useAsked(after: () => void | Promise<void>) {
  const asked = shallowRef<Asked | null>(null);

  async function act(reason: string): Promise<void> {
    await asked.value?.act(reason);
    await after();
  }

  return { asked, act };
}
