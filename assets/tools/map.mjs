// Makes the ward map the server draws: data/map/hanoi-2025-07-01.csv, one SVG path for each ward.
//
//   node tools/map.mjs
//
// The first row, `view`, holds the viewBox; every other row a ward's code and its path, in whole
// units, closed, each ring beginning with an absolute M. Paths may be joined: the server puts all
// wards of one class into one <path>.
//
// Neighbours share their borders in the source, so each border is simplified once (Visvalingam:
// the corner that spans the smallest triangle goes first) and no gap opens between two wards.
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { fileURLToPath } from "node:url";
import { feature } from "topojson-client";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const source = path.join(root, "src/data/hanoi-126.topo.json");
export const target = path.join(root, "../data/map/hanoi-2025-07-01.csv");
const width = 520, margin = 2;
// Corners whose triangle is smaller than this (in square units) are left out.
const area_min = 4;

const topology = JSON.parse(fs.readFileSync(source, "utf8"));
const wards = topology.objects.w;

// Arcs as points on the drawing: undo the delta coding, flatten at 21° north, turn north up.
function projected() {
  const { scale: [sx, sy], translate: [tx, ty] } = topology.transform;
  const flat = Math.cos((21 * Math.PI) / 180);
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [(x * sx + tx) * flat, -(y * sy + ty)];
    });
  });
  const all = arcs.flat(), xs = all.map(([x]) => x), ys = all.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys),
                                      Math.max(...ys)];
  const unit = (width - 2 * margin) / (right - left);
  const height = Math.ceil((bottom - top) * unit) + 2 * margin;
  const place = ([x, y]) => [(x - left) * unit + margin, (y - top) * unit + margin];
  return { height, arcs: arcs.map((arc) => arc.map(place)) };
}

const triangle = ([ax, ay], [bx, by], [cx, cy]) =>
  Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;

// Ends stay, because other borders meet there; a closed border keeps a shape.
function simplified(arc) {
  const points = [...arc];
  const closed = String(points[0]) === String(points.at(-1));
  const fewest = closed ? 5 : 2;
  while (points.length > fewest) {
    let least = Infinity, where = 0;
    for (let i = 1; i + 1 < points.length; ++i) {
      const area = triangle(points[i - 1], points[i], points[i + 1]);
      if (area < least) [least, where] = [area, i];
    }
    if (least >= area_min) break;
    points.splice(where, 1);
  }
  return points.map(([x, y]) => [Math.round(x), Math.round(y)]);
}

// Relative steps, written as short as SVG allows: no repeated letter, a minus sign separates.
function ringPath(ring) {
  let [px, py] = ring[0], steps = "";
  const join = (text, n) => text + (n < 0 || /[a-z]$/.test(text) ? "" : " ") + n;
  let begun = "";
  for (const [x, y] of ring.slice(1, -1)) {
    const dx = x - px, dy = y - py;
    if (!dx && !dy) continue;
    if (!begun) begun = steps += "l";
    steps = join(join(steps, dx), dy);
    [px, py] = [x, y];
  }
  return `M${ring[0].join(" ")}${steps}z`;
}

function areaOf(ring) {
  let sum = 0;
  for (let i = 1; i < ring.length; ++i) {
    sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  }
  return Math.abs(sum) / 2;
}

// The whole file, and the paths alone for those who want to weigh them.
export function wardMap() {
  const { height, arcs } = projected();
  const drawn = { type: "Topology", objects: topology.objects, arcs: arcs.map(simplified) };
  const rows = feature(drawn, wards).features.map(({ id, geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const rings = polygons.flat().filter((ring) => areaOf(ring) >= 1);
    if (!rings.length) throw new Error(`ward ${id} has no area left; simplify less`);
    return [String(id), rings.map(ringPath).join("")];
  });
  rows.sort(([a], [b]) => (a < b ? -1 : 1));
  const table = [["code", "path"], ["view", `0 0 ${width} ${height}`], ...rows];
  return { csv: `${table.map((row) => row.join(",")).join("\n")}\n`, paths: rows.map((r) => r[1]) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { csv, paths } = wardMap();
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, csv);
  const text = paths.join("");
  const level = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } };
  console.log(`${paths.length} wards, ${text.length} bytes of paths, `
    + `${zlib.gzipSync(text, { level: 6 }).length} gzip, `
    + `${zlib.brotliCompressSync(text, level).length} brotli`);
}
