import { onUnmounted, ref } from 'vue';
import type { View } from '../base/api.js';
import { keep, kept } from '../base/kept.js';
import { EventStreamParser } from './event-stream.js';

export type Board = View<'BoardView'>;

/** What the wall knows: the last good board, and whether it still hears of changes. */
type State = 'connecting' | 'live' | 'away' | 'refused';

const KEPT_BOARD = 'screen-board';
const KEPT_TOKEN = 'screen-token';
/** The server says something every 15 s; two of them missed, and the line is dead. */
const SILENCE_MS = 40_000;
const WAITS_MS = [1000, 2000, 5000, 10_000, 30_000] as const;

/** The token comes once after the `#` of the address, which no server ever sees, and is kept on the display. */
export function keptToken(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given !== null) {
    keepToken(given);
    history.replaceState(null, '', location.pathname);
  }
  return kept(KEPT_TOKEN);
}

export function keepToken(token: string): void {
  keep(KEPT_TOKEN, token.trim());
}

/** Follows the community's board for as long as the page is open. Only the last board is held. */
export function useLiveBoard(token: string) {
  const board = ref<Board | null>(lastGood());
  const state = ref<State>('connecting');
  const closing = new AbortController();
  onUnmounted(() => closing.abort());

  function show(data: string): void {
    board.value = JSON.parse(data) as Board;
    state.value = 'live';
    keep(KEPT_BOARD, data);
  }

  async function listen(): Promise<void> {
    const line = new AbortController();
    let alarm = setTimeout(() => line.abort(), SILENCE_MS);
    try {
      const reply = await fetch('/api/display/events', {
        headers: { Authorization: `Bearer ${token}` },
        cache: 'no-store',
        signal: AbortSignal.any([closing.signal, line.signal]),
      });
      if (reply.status === 401 || reply.status === 403) {
        state.value = 'refused';
        return;
      }
      if (!reply.ok || reply.body === null) return;
      const parser = new EventStreamParser();
      const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(alarm);
        alarm = setTimeout(() => line.abort(), SILENCE_MS);
        for (const event of parser.feed(value)) {
          if (event.name === 'revoked') state.value = 'refused';
          if (event.name === 'board') show(event.data);
        }
      }
    } finally {
      clearTimeout(alarm);
    }
  }

  async function follow(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      const before = board.value;
      await listen().catch(() => undefined);
      if (state.value === 'refused') return;
      state.value = 'away';
      if (board.value !== before) failures = 0;
      await new Promise((resolve) => setTimeout(resolve, WAITS_MS[Math.min(failures, WAITS_MS.length - 1)]));
    }
  }

  void follow();
  return { board, state };
}

function lastGood(): Board | null {
  const text = kept(KEPT_BOARD);
  return text === null ? null : (JSON.parse(text) as Board);
}
