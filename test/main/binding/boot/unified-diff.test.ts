import { expect, it } from 'vitest';
import { unifiedDiff } from '../../../../main/binding/boot/unified-diff.ts';

it.each([
  ['a file that is new', undefined, 'a\n', '--- /dev/null\n+++ b/x\n@@ -0,0 +1,1 @@\n+a\n'],
  ['a file that goes', 'a\n', undefined, '--- a/x\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n'],
  [
    'a line between others, with three lines around',
    '1\n2\n3\n4\n5\n6\n7\n8\n9\n',
    '1\n2\n3\n4\nfive\n6\n7\n8\n9\n',
    '--- a/x\n+++ b/x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
  ],
  [
    'an end without a line feed',
    'a',
    'a\n',
    '--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n',
  ],
  ['nothing', 'a\n', 'a\n', ''],
])('writes %s', (_name, before, after, diff) => {
  expect(unifiedDiff('x', before, after)).toBe(diff);
});
