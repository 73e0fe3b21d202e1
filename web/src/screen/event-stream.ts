/** One server-sent event: its name (`message` where it has none) and its data. */
export interface StreamEvent {
  readonly name: string;
  readonly data: string;
}

/**
 * Cuts a text that comes in pieces into server-sent events, as https://html.spec.whatwg.org/multipage/server-sent-events.html
 * §9.2.6 reads them. The browser's own EventSource cannot send a Bearer token, and a token in the address would end up in logs.
 */
export class EventStreamParser {
  private rest = '';
  private name = '';
  private data: string[] = [];

  /** @returns the events that this piece completes */
  feed(piece: string): StreamEvent[] {
    const events: StreamEvent[] = [];
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.data.length > 0) events.push({ name: this.name || 'message', data: this.data.join('\n') });
        this.name = '';
        this.data = [];
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon === -1 ? line : line.slice(0, colon);
      const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') this.name = value;
      else if (field === 'data') this.data.push(value);
    }
    return events;
  }
}
