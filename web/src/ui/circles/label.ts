/** @file Names inside circles: small enough to stand wholly inside, cut with an ellipsis when that would be too small. */

const longest = 18;
/** Mean advance of a letter as a part of the font size, for both faces. */
const advance = 0.54;

export interface Label {
  text: string;
  size: number;
}

/** A label at most `width` wide, `size` at most. Worked: ("Ines", 130, 36) → 36; eighteen letters at 130 → 13.4. */
export function fitted(name: string, width: number, size: number): Label {
  const letters = [...name];
  const text = letters.length > longest ? letters.slice(0, longest - 1).join('') + '…' : name;
  const fit = width / (advance * Math.max(1, [...text].length));
  return { text, size: Math.round(Math.min(size, fit) * 10) / 10 };
}
