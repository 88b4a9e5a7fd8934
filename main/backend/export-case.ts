import type { CaseManifest } from '../../shared/case-manifest.ts';
import { writeCaseFile } from '../library/case-file.ts';
import type { SupportCase } from '../library/cases.ts';
import type { Library } from '../library/library.ts';

/**
 * Writes a case to one file: its snapshots as they were imported, its notes and tags.
 *
 * @throws Error with the reason; then there is no file.
 */
export function exportCase(library: Library, wanted: SupportCase, path: string): Promise<void> {
  return writeCaseFile(path, manifestOf(library, wanted), (sha256) => library.original({ sha256 }));
}

function manifestOf(library: Library, { id, name, createdAtMs }: SupportCase): CaseManifest {
  const annotations = (subject: Parameters<Library['tags']>[0]) => ({
    tags: [...library.tags(subject)],
    notes: [...library.notes(subject)],
  });
  return {
    format: 'airlock-case/1',
    case: { name, createdAtMs, ...annotations({ caseId: id }) },
    snapshots: library.snapshotsOfCase(id).map((snapshot) => ({
      sha256: snapshot.sha256,
      name: snapshot.name,
      ...annotations({ snapshotId: snapshot.id }),
    })),
  };
}
