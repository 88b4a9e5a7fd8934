/** The name of a machine as a part of file names that every file system and shell takes. */
export function fileName(name: string): string {
  const plain = name.replaceAll(/[^\w.-]+/g, '_').replace(/^[.-]+/, '_');
  return plain.slice(0, 80) || 'vm';
}
