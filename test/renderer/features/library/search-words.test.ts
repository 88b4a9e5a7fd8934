import { describe, expect, it } from 'vitest';
import { quotedWord, searchWords } from '../../../../renderer/features/library/search-words.ts';

describe('the words of a search', () => {
  it.each([
    ['', []],
    ['  10de:2206   kernel:6.12 ', ['10de:2206', 'kernel:6.12']],
    ['tag:"code 43" asus', ['tag:code 43', 'asus']],
    ['"ROG STRIX" driver:', ['ROG STRIX']],
    ['case:"Acme', ['case:Acme']],
    ['""', []],
  ])('%j', (query, words) => {
    expect(searchWords(query)).toEqual(words);
  });

  it('finds a case again by its name, whatever is in it', () => {
    expect(searchWords(quotedWord('case', 'Acme 42'))).toEqual(['case:Acme 42']);
    expect(quotedWord('case', 'Acme')).toBe('case:Acme');
  });
});
