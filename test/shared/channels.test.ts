import { describe, expect, it } from 'vitest';
import { channels, eventNames, methodName } from '../../shared/channels.ts';
import { contract, events } from '../../shared/contract.ts';

describe('the names of the contract', () => {
  it('are those that have schemas', () => {
    expect([...channels].toSorted()).toEqual(Object.keys(contract).toSorted());
    expect([...eventNames].toSorted()).toEqual(Object.keys(events).toSorted());
  });

  it('are nouns and verbs, and give each function a name of its own', () => {
    for (const channel of channels) expect(channel).toMatch(/^[a-z]+:[a-z]+(-[a-z]+)*$/);
    expect(new Set(channels.map(methodName)).size).toBe(channels.length);
    expect(methodName('dialog:open-file')).toBe('dialogOpenFile');
  });
});
