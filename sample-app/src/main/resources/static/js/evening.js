import * as api from './api.js';
import { byId, element, enable, onPress } from './dom.js';
import { layOut, mark, name, standing } from './house.js';

const MOVES = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -12, ArrowDown: 12 };
const ACTIONS = { reserve: 'is reserved for you for 2 minutes', buy: 'is yours', release: 'is free again' };

let seats = [];
let chosen = null;

export function start(soon) {
  byId('buyer').value = `guest ${100 + Math.floor(Math.random() * 900)}`;
  byId('evening').addEventListener('keydown', move);
  for (const [action, done] of Object.entries(ACTIONS)) {
    onPress(byId(action), () => act(action, done, soon));
  }
}

/** Draws the seats of this evening; the locked ones are marked. */
export async function refresh(lockedSeats) {
  ({ seats } = await api.show('evening'));
  if (byId('evening').childElementCount === 0) {
    const house = element('div', { class: 'house', role: 'group', ariaLabel: 'Seats of this evening' });
    byId('evening').append(house);
    layOut(house, seats, (seat) => button(seat));
  }
  for (const seat of seats) {
    const node = byId(`seat-${seat.id}`);
    const locked = lockedSeats.has(`${seat.id}`);
    mark(node, seat).classList.toggle('locked', locked);
    node.setAttribute('aria-label', `Seat ${name(seat)}, ${standing(seat)}${locked ? ', locked now' : ''}`);
  }
  enableActions();
}

function button(seat) {
  const node = element('button', { class: 'seat', type: 'button', id: `seat-${seat.id}` }, `${seat.number}`);
  node.tabIndex = seat === seats[0] ? 0 : -1;
  node.ariaPressed = 'false';
  node.addEventListener('click', () => choose(seat.id));
  node.addEventListener('focus', () => onlyTabStop(node));
  return node;
}

function choose(id) {
  chosen = id;
  for (const seat of seats) {
    byId(`seat-${seat.id}`).ariaPressed = `${seat.id === id}`;
  }
  const seat = chosenSeat();
  say(`Seat ${name(seat)} is ${standing(seat)}.`);
  enableActions();
}

async function act(action, done, soon) {
  if (!byId('buyer').reportValidity()) {
    return;
  }
  const seat = chosenSeat();
  say(`Seat ${name(seat)}: one moment, whoever has its lock goes first.`);
  try {
    await api[action](seat.id, byId('buyer').value);
    say(`Seat ${name(seat)} ${done}.`);
  } catch (problem) {
    say(problem instanceof api.Refused ? problem.message : 'The box office did not answer. Try again.');
  }
  soon();
}

function move(event) {
  const at = seats.findIndex(({ id }) => event.target.id === `seat-${id}`);
  const to = seats[at + MOVES[event.key]];
  if (at >= 0 && to) {
    event.preventDefault();
    byId(`seat-${to.id}`).focus();
  }
}

function onlyTabStop(node) {
  for (const seat of seats) {
    byId(`seat-${seat.id}`).tabIndex = -1;
  }
  node.tabIndex = 0;
}

function enableActions() {
  const status = chosenSeat()?.status;
  enable(byId('reserve'), status === 'FREE');
  enable(byId('buy'), status === 'FREE' || status === 'RESERVED');
  enable(byId('release'), status === 'RESERVED');
}

const chosenSeat = () => seats.find(({ id }) => id === chosen);
const say = (text) => (byId('choice').textContent = text);
