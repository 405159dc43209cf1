import type { Size } from './box-text.js';
import type { Direction, Placed, Point } from './placed.js';

/** A place or a size of a picture that leads down, as it is in one that leads in a direction, and back: across the diagonal. */
export function turned<Place extends Partial<Point & Size>>(place: Place, direction: Direction): Place {
  if (direction === 'down') return place;
  const { x, y, width, height } = place;
  return {
    ...place,
    ...(x === undefined || y === undefined ? {} : { x: y, y: x }),
    ...(width === undefined || height === undefined ? {} : { width: height, height: width }),
  };
}

/** A whole picture that leads down, turned into a direction. */
export function turnedPicture(placed: Placed, direction: Direction): Placed {
  const turn = <Place extends Point>(place: Place): Place => turned(place, direction);
  return {
    ...turned(placed, direction),
    direction,
    boxes: placed.boxes.map(turn),
    labels: placed.labels.map(turn),
    ways: placed.ways.map(({ label, ...way }) => ({
      ...way,
      points: way.points.map(turn),
      ...(label === undefined ? {} : { label: turn(label) }),
    })),
  };
}
