import * as api from './api.js';
import { byId, element, enable, fact, onPress } from './dom.js';
import { count, millis, plural } from './format.js';
import { layOut, mark, pack } from './house.js';

/** A larger house is shown packed, so that the two tickets stay side by side on one screen. */
const MOST_IN_ROWS = 144;

let pending = false;

const tickets = [...document.querySelectorAll('.ticket')].map((node) => ({
  kind: node.dataset.kind,
  button: node.querySelector('button'),
  body: node.querySelector('.body'),
  drawn: '',
}));

export function start(soon) {
  byId('size').addEventListener('submit', (event) => event.preventDefault());
  for (const ticket of tickets) {
    onPress(ticket.button, () => run(ticket, soon));
  }
}

/** Draws the rush that is on and the latest result of each kind. Resolves to whether one is on. */
export async function refresh(ready) {
  byId('rush-hint').textContent = ready ? '' : 'The instances are finding each other. Locks work in a moment, and so do rushes.';
  const { running, results } = await api.rushes();
  for (const ticket of tickets) {
    enable(ticket.button, ready && !pending && !running);
    const result = results.find(({ kind }) => kind === ticket.kind);
    if (running?.kind === ticket.kind) {
      draw(ticket, await api.show(running.show), null);
    } else if (result && ticket.drawn !== `${result.show}`) {
      draw(ticket, await api.show(result.show), result);
      ticket.drawn = `${result.show}`;
    } else if (!result && ticket.drawn !== 'empty') {
      draw(ticket, null, null);
      ticket.drawn = 'empty';
    }
  }
  return pending || Boolean(running);
}

async function run(ticket, soon) {
  if (!byId('size').reportValidity()) {
    return;
  }
  tickets.forEach(({ button }) => enable(button, false));
  pending = true;
  ticket.drawn = '';
  const over = api.rush(ticket.kind === 'WITH_LOCK', byId('buyers').value, byId('seats').value);
  soon();
  const news = byId('rush-news');
  try {
    const result = await over;
    pending = false;
    news.textContent = `${plural(result.seatsSoldTwice, 'seat')} sold twice, ${plural(result.tickets, 'ticket')} sold.`;
  } catch (problem) {
    pending = false;
    alertIn(ticket, problem instanceof api.Refused ? problem.message : 'The box office did not answer.');
  }
  soon();
}

function alertIn(ticket, text) {
  ticket.body.prepend(element('p', { class: 'problem', role: 'alert' }, text));
}

function draw(ticket, show, result) {
  const house = element('div', { class: 'house', role: 'img' });
  const seats = show?.seats ?? emptyHouse();
  const fill = seats.length > MOST_IN_ROWS ? pack : layOut;
  fill(house, seats, (seat) => mark(element('i', { class: 'seat' }, seat.sales > 1 ? `${seat.sales}` : ''), seat));
  house.setAttribute('aria-label', summary(seats));
  ticket.body.replaceChildren(verdict(show, result), house, ...(result ? [facts(result)] : []));
}

function verdict(show, result) {
  const [number, title, detail] = words(show, result);
  return element(
    'div',
    { class: 'verdict' },
    element('div', { class: `number ${number === '?' ? 'none' : ''}` }, number),
    element('p', {}, element('strong', {}, title), element('span', {}, detail)),
  );
}

function words(show, result) {
  if (!show) {
    return ['?', 'seats sold twice', 'No rush yet. The button above lets the crowd in.'];
  }
  const twice = show.seats.filter(({ sales }) => sales > 1).length;
  const sold = show.seats.filter(({ sales }) => sales > 0).length;
  const tickets = show.seats.reduce((sum, { sales }) => sum + sales, 0);
  const title = `${twice === 1 ? 'seat' : 'seats'} sold twice`;
  if (!result) {
    return [count(twice), title, `The crowd is in: ${plural(tickets, 'ticket')} sold so far.`];
  }
  return [count(twice), title, `${plural(tickets, 'ticket')} for ${plural(sold, 'seat')}: ${surplus(tickets - sold)}.`];
}

const surplus = (tooMany) => (tooMany === 0 ? 'none too many' : `${count(tooMany)} too many`);

function facts(result) {
  return element(
    'dl',
    { class: 'facts' },
    fact('seats sold', `${count(result.seatsSold)} of ${count(result.seats)}`),
    fact('buyers served', `${count(result.buyersServed)} of ${count(result.buyers)}`),
    fact('requests', count(result.requests)),
    fact('took', millis(result.durationMillis)),
    fact('median answer', millis(result.p50Millis)),
    fact('99 % within', millis(result.p99Millis)),
    ...Object.entries(result.soldBy).map(([instance, sold]) => fact(`sold by ${instance}`, count(sold))),
    ...(result.failures ? [fact('failed requests', count(result.failures), 'failed')] : []),
  );
}

const emptyHouse = () =>
  Array.from({ length: 72 }, (_, i) => ({
    row: 'ABCDEF'[Math.floor(i / 12)],
    number: (i % 12) + 1,
    status: 'FREE',
    sales: 0,
  }));

function summary(seats) {
  const of = (status) => seats.filter((seat) => seat.status === status).length;
  return `${plural(seats.length, 'seat')}: ${of('SOLD_TWICE')} sold more than once, ${of('SOLD')} sold once, ${of('FREE')} free`;
}
