import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedJsonError, parseJson, stringifyJson } from '../../../main/serve/codec.ts';
import { parseRequest } from '../../../main/serve/message.ts';

describe('bytes in JSON', () => {
  it('are one member of base64, wherever they stand', () => {
    const value = { name: 'a', parts: [new Uint8Array([1, 2, 255]), Buffer.from('hi')] };
    expect(stringifyJson(value)).toBe('{"name":"a","parts":[{"$bytes":"AQL/"},{"$bytes":"aGk="}]}');
  });

  it('come back as they were, part of a larger buffer or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(10), (bytes, start) => {
        const part = bytes.subarray(start);
        expect(parseJson(stringifyJson({ part }))).toEqual({ part });
      }),
    );
  });

  it.each([
    ['a number', '{"$bytes":1}'],
    ['another member beside them', '{"$bytes":"","a":1}'],
    ['a length that base64 does not have', '{"$bytes":"abc"}'],
    ['letters that base64 does not have', '{"$bytes":"ab*="}'],
  ])('are refused with %s', (_name, text) => {
    expect(() => parseJson(text)).toThrow(MalformedJsonError);
  });
});

describe('JSON from outside', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(parseJson(text))).toBe(text);
      }),
    );
  });

  it('cannot change what objects inherit', () => {
    const parsed = parseJson('{"__proto__":{"isAdmin":true}}') as Record<string, unknown>;
    expect([parsed['isAdmin'], Object.keys(parsed)]).toEqual([undefined, ['__proto__']]);
  });

  it.each(['', '{', 'undefined', '['.repeat(100_000), `${'['.repeat(40)}${']'.repeat(40)}`])(
    'is refused where it is none, or nested too deep',
    (text) => {
      expect(() => parseJson(text)).toThrow(MalformedJsonError);
    },
  );

  it.each([
    'null',
    '[]',
    '"text"',
    '{}',
    '{"id":1}',
    '{"id":"1","channel":"app:info"}',
    '{"id":1.5,"channel":"app:info"}',
    '{"id":1,"channel":["app:info"]}',
  ])('is no request: %s', (text) => {
    expect(() => parseRequest(text)).toThrow(MalformedJsonError);
  });
});
