import { IconFileUpload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { addLogFiles } from '../doctor/doctor-thunks.ts';
import { importFiles } from '../library/import-thunks.ts';
import { selectPage } from '../navigation/navigation-selectors.ts';
import type { Page } from '../navigation/navigation-slice.ts';
import { openFiles } from './hosts-thunks.ts';

/** Takes files that are dropped anywhere on the window, for what the page is about. */
export function DropTarget() {
  const dispatch = useAppDispatch();
  const { kind } = useAppSelector(selectPage);
  const { words, take } = dropOn(kind);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(!isTakenThere(event));
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (isTakenThere(event)) return;
      void dispatch(take([...(event.dataTransfer?.files ?? [])]));
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [dispatch, take]);
  if (!isOver) return null;
  return (
    <div className="drop-target">
      <div className="drop-target__card">
        <IconFileUpload size={28} stroke={1.4} aria-hidden />
        <span>{words}</span>
      </div>
    </div>
  );
}

function dropOn(page: Page['kind']) {
  if (page === 'library') return { words: 'Drop the files to import them', take: importFiles };
  if (page === 'doctor') return { words: 'Drop the logs to read them', take: addLogFiles };
  return { words: 'Drop the file to open it', take: openFiles };
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** A part of a page may have a use of its own for a file. */
function isTakenThere({ target }: DragEvent): boolean {
  return target instanceof Element && target.closest('[data-takes-files]') !== null;
}
