import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeRequest, toBase64 } from '../../../renderer/bridge/wire.ts';

describe('the encoding of requests', () => {
  it('writes bytes as base64, wherever they lie', () => {
    const source = { kind: 'bytes', name: 'a.tar', bytes: new Uint8Array([0, 1, 254, 255]) };
    expect(JSON.parse(encodeRequest(7, 'host:open', { jobId: 'j', source }))).toEqual({
      id: 7,
      channel: 'host:open',
      args: {
        jobId: 'j',
        source: { kind: 'bytes', name: 'a.tar', bytes: { $bytes: 'AAH+/w==' } },
      },
    });
  });

  it('takes more bytes than a function takes arguments', () => {
    const bytes = new Uint8Array(300_000).map((_, index) => index % 251);
    expect(Buffer.from(toBase64(bytes), 'base64')).toEqual(Buffer.from(bytes));
  });
});

describe('the reading of replies', () => {
  it('turns base64 back into bytes, wherever they lie', () => {
    const reply = { ok: true, value: { kind: 'archive', bytes: { $bytes: 'AAH+/w==' } } };
    expect(decodeMessage(JSON.stringify({ id: 7, reply }))).toEqual({
      id: 7,
      reply: { ok: true, value: { kind: 'archive', bytes: new Uint8Array([0, 1, 254, 255]) } },
    });
  });
});
