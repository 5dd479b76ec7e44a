import { element } from './dom.js';

const WORDS = { FREE: 'free', RESERVED: 'reserved', SOLD: 'sold', SOLD_TWICE: 'sold more than once' };

export const name = (seat) => `${seat.row}${seat.number}`;
export const standing = (seat) => WORDS[seat.status];

/** The seats of a show, row by row; what a seat looks like is up to the caller. */
export function layOut(house, seats, paint) {
  const rows = byRow(seats);
  house.replaceChildren(
    element('div', { class: 'stage', ariaHidden: 'true' }, 'Stage'),
    ...[...rows].map(([row, places]) => {
      const line = places.map(paint);
      line.splice(6, 0, element('span'));
      return element('div', { class: 'row' }, label(row), ...line, ...missing(places), label(row));
    }),
  );
}

/** The seats of a show, as many to a line as there is room for. */
export function pack(house, seats, paint) {
  house.replaceChildren(element('div', { class: 'packed' }, ...seats.map(paint)));
}

export function mark(node, seat) {
  node.dataset.status = seat.status;
  return node;
}

const label = (row) => element('span', { class: 'row-name', ariaHidden: 'true' }, row);
const missing = (places) => Array.from({ length: 12 - places.length }, () => element('span'));

function byRow(seats) {
  const rows = new Map();
  seats.forEach((seat) => rows.set(seat.row, [...(rows.get(seat.row) ?? []), seat]));
  return rows;
}
