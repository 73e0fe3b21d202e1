import { describe, expect, it } from '@jest/globals';
import { EventStreamParser } from './event-stream.js';

const TEXT =
  'retry: 5000\n\n: alive\n\nid: 1\nevent: board\ndata: {"a":1}\n\ndata: one\ndata: two\r\n\r\nevent: revoked\ndata:\n\n';
const EVENTS = [
  { name: 'board', data: '{"a":1}' },
  { name: 'message', data: 'one\ntwo' },
  { name: 'revoked', data: '' },
];

describe('server-sent events', () => {
  it('are the same wherever the text is cut', () => {
    for (let at = 0; at <= TEXT.length; at += 1) {
      const parser = new EventStreamParser();
      expect([...parser.feed(TEXT.slice(0, at)), ...parser.feed(TEXT.slice(at))]).toEqual(EVENTS);
    }
    const parser = new EventStreamParser();
    expect(TEXT.split('').flatMap((letter) => parser.feed(letter))).toEqual(EVENTS);
  });

  it('are not there before their empty line', () => {
    expect(new EventStreamParser().feed('event: board\ndata: {"a":1}\n')).toEqual([]);
  });
});
