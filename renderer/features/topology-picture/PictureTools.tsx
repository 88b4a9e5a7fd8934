import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconArrowsVertical,
  IconDownload,
  IconMaximize,
  IconRestore,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { canOpen } from './picture-collapse.ts';
import type { Drawing } from './picture-drawing.ts';
import { pictureReset, pictureToggled } from './picture-slice.ts';
import { savePicturePng, savePictureSvg } from './save-picture.ts';
import type { PictureCamera } from './use-picture-camera.ts';

interface PictureToolsProps {
  readonly hostId: string;
  readonly drawing: Drawing;
  readonly camera: PictureCamera;
}

/** Size, opening and saving. */
export function PictureTools({ hostId, drawing, camera }: PictureToolsProps) {
  const dispatch = useAppDispatch();
  const title = useAppSelector((state) => selectHost(state, hostId)?.title ?? 'topology');
  const openAll = () => {
    const nodes = Object.values(drawing.graph.nodes).filter(canOpen);
    dispatch(pictureToggled({ hostId, nodeIds: nodes.map(({ id }) => id), isOpen: true }));
  };
  return (
    <div className="picture-tools" role="group" aria-label="Picture">
      <Tool label="Larger" icon={IconZoomIn} onUse={() => camera.zoomBy(1.25)} />
      <Tool label="Smaller" icon={IconZoomOut} onUse={() => camera.zoomBy(0.8)} />
      <Tool label="Show all of it" icon={IconMaximize} onUse={camera.fit} />
      <Tool label="Open everything" icon={IconArrowsVertical} onUse={openAll} />
      <Tool
        label="As at first"
        icon={IconRestore}
        onUse={() => {
          dispatch(pictureReset(hostId));
          camera.start();
        }}
      />
      <SaveButton word="SVG" onUse={() => savePictureSvg(drawing, title)} />
      <SaveButton word="PNG" onUse={() => void savePicturePng(drawing, title)} />
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: true }>;
  readonly onUse: () => void;
}

function Tool({ label, icon: Icon, onUse }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} onClick={onUse}>
        <Icon size={16} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function SaveButton({ word, onUse }: { word: string; onUse: () => void }) {
  return (
    <Button
      variant="default"
      aria-label={`Save as ${word}`}
      leftSection={<IconDownload size={15} stroke={1.7} aria-hidden />}
      onClick={onUse}
    >
      {word}
    </Button>
  );
}
