/**
 * @file The figures of the circles. Two people stand one above the other; where their circles overlap there is an
 * almond of light. All lengths are in the units of the drawing (1 = 1 px at 100 % text).
 *
 * For two circles of radius r whose centres are d apart (0 < d < 2r) on a vertical line, the almond between them is
 * 2·√(r² − d²/4) wide and 2r − d high. Worked values: r = 216, d = 290 → 320 wide, 142 high.
 */

export interface Almond {
  halfWidth: number;
  halfHeight: number;
}

/** The overlap of two circles of radius `r` with centres `d` apart. Without overlap both halves are 0. */
export function overlap(r: number, d: number): Almond {
  if (d >= 2 * r) return { halfWidth: 0, halfHeight: 0 };
  return { halfWidth: Math.sqrt(r * r - (d * d) / 4), halfHeight: r - d / 2 };
}

/** The radius of the arcs that bound an almond: (w² + h²) / 2h. */
export function arcRadius({ halfWidth, halfHeight }: Almond): number {
  return (halfWidth * halfWidth + halfHeight * halfHeight) / (2 * halfHeight);
}

/** The almond as an SVG path with its middle at (cx, cy). */
export function almondPath(cx: number, cy: number, almond: Almond): string {
  const r = round(arcRadius(almond));
  const left = round(cx - almond.halfWidth);
  const right = round(cx + almond.halfWidth);
  return `M${left} ${cy}A${r} ${r} 0 0 1 ${right} ${cy}A${r} ${r} 0 0 1 ${left} ${cy}Z`;
}

/** The lid of light at the seam of two circles of radius `r` that touch: .75 r wide, 6 high at r = 92. */
export function lid(r: number): Almond {
  return { halfWidth: 0.375 * r, halfHeight: Math.max(1.5, Math.min(4, r / 30)) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
