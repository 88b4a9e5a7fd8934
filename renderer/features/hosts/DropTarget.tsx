import { IconFileUpload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useAppDispatch } from '../../app/hooks.ts';
import { openFile } from './hosts-thunks.ts';

/** Takes a file that is dropped anywhere on the window. */
export function DropTarget() {
  const dispatch = useAppDispatch();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) void dispatch(openFile(file));
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [dispatch]);
  if (!isOver) return null;
  return (
    <div className="drop-target">
      <div className="drop-target__card">
        <IconFileUpload size={28} stroke={1.4} aria-hidden />
        <span>Drop the file to open it</span>
      </div>
    </div>
  );
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
