/** Measures the contrast of what is written in a part of the window, as the accessibility guidelines count it. */
import type { Locator } from 'playwright-core';

export interface Weak {
  readonly text: string;
  readonly ratio: number;
  readonly color: string;
  readonly ground: string;
}

/** Texts below level AA: 4.5, or 3 where they are large. What is disabled is not counted, nor what can't be seen. */
export const weakTexts = (part: Locator): Promise<{ measured: number; weak: Weak[] }> =>
  part.evaluate((root) => {
    type Color = [number, number, number, number];
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    /** Colors come in many notations; a canvas knows all of them. */
    const read = (color: string): Color => {
      if (pen === null) throw new Error('Nothing can be drawn.');
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = color;
      pen.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = pen.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a]: Color, [r2, g2, b2]: Color): Color => [
      r * a + r2 * (1 - a),
      g * a + g2 * (1 - a),
      b * a + b2 * (1 - a),
      1,
    ];
    const light = ([r, g, b]: Color): number => {
      const [x = 0, y = 0, z = 0] = [r, g, b].map((part8) => {
        const part1 = part8 / 255;
        return part1 <= 0.04045 ? part1 / 12.92 : ((part1 + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const groundOf = (element: Element): Color => {
      const layers: Color[] = [];
      const box = element.closest('svg') === null ? null : element.parentElement?.querySelector('rect');
      if (box != null) layers.push(read(getComputedStyle(box).fill));
      for (let each: Element | null = element; each !== null; each = each.parentElement)
        layers.push(read(getComputedStyle(each).backgroundColor));
      return layers.reduceRight<Color>((below, layer) => over(layer, below), [255, 255, 255, 1]);
    };
    const weak: Weak[] = [];
    let measured = 0;
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (element === null || text === '' || element.closest(':disabled, title, .offscreen') !== null)
        continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const style = getComputedStyle(element);
      const ground = groundOf(element);
      let opacity = 1;
      for (let each: Element | null = element; each !== null; each = each.parentElement)
        opacity *= Number(getComputedStyle(each).opacity);
      const [r, g, b, a] = read(element.closest('svg') === null ? style.color : style.fill);
      const color = over([r, g, b, a * opacity], ground);
      const [high, low] = [light(color), light(ground)].sort((x, y) => y - x);
      const ratio = ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
      const size = Number.parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      measured += 1;
      if (ratio < (isLarge ? 3 : 4.5)) {
        const name = (parts: Color): string => parts.slice(0, 3).map(Math.round).join(' ');
        weak.push({ text, ratio: Math.round(ratio * 100) / 100, color: name(color), ground: name(ground) });
      }
    }
    return { measured, weak };
  });
