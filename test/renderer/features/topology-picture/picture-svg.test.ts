import { DOMParser } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import { writeSvg } from '../../../../renderer/features/topology-picture/picture-svg.ts';
import { INTEL_DESKTOP } from '../../fixtures/intel-desktop.ts';
import { drawHost, pictureHost } from './pictured-host.ts';

/** The texts of a file, or the parser's complaint. */
function textsOf(svg: string): readonly string[] {
  const complaints: string[] = [];
  const parser = new DOMParser({ onError: (_level, message) => complaints.push(String(message)) });
  const texts = parser.parseFromString(svg, 'image/svg+xml').getElementsByTagName('text');
  expect(complaints).toEqual([]);
  return Array.from({ length: texts.length }, (_, index) => texts.item(index)?.textContent ?? '');
}

describe('the exported picture', () => {
  it('is XML that names every function that shows, every group and what is hidden', async () => {
    const drawing = await drawHost(pictureHost(INTEL_DESKTOP));
    const texts = textsOf(writeSvg(drawing, 'Z690'));
    const shown = drawing.picture.nodes.flatMap(({ rows }) => rows.map(({ bdf }) => bdf.slice(5)));
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.filter((address) => !texts.includes(address))).toEqual([]);
    const groups = drawing.regions
      .filter(({ parts }) => parts.length > 0)
      .map(({ groupId }) => `Group ${groupId}`);
    expect(groups.filter((name) => !texts.includes(name))).toEqual([]);
    expect(texts.filter((text) => text.endsWith('inside'))).toHaveLength(
      Object.keys(drawing.inside).length,
    );
  });

  it('stays XML whatever a host calls its devices', async () => {
    const name = '<script>alert("1")</script> & \u0000\u0007]]> \ud800';
    const functions = INTEL_DESKTOP.functions.map((fn) => ({ ...fn, name }));
    const drawing = await drawHost(pictureHost({ ...INTEL_DESKTOP, functions }));
    const svg = writeSvg(drawing, name);
    expect(textsOf(svg).some((text) => text.startsWith('<script>'))).toBe(true);
    expect(svg).not.toContain('<script');
  });
});
