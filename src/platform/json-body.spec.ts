import { repeatedNames } from './json-body.js';

describe('repeated names', () => {
  it.each([
    ['{}', []],
    ['{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}', []],
    ['{"a":1,"a":2}', ['/a']],
    ['{"a":1,"\\u0061":2}', ['/a']],
    ['{"x":[{},[1,2],{"b":1,"b" : 2}],"x":3}', ['/x/2/b', '/x']],
    ['{"a":"{\\"a\\":1,\\"a\\":2}"}', []],
    ['["a","a"]', []],
    ['{"a/b":1,"a/b":2}', ['/a~1b']],
  ])('in %s', (json, pointers) => {
    expect(repeatedNames(json).map((fault) => fault.pointer)).toEqual(pointers);
  });
});
