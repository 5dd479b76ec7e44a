import * as api from './api.js';
import { byId, element, enable, onPress } from './dom.js';
import { isoMillis, millis, shortToken } from './format.js';

/** The most that was seen left of each lease: a full bar. */
const fullest = new Map();
let rows = new Map();

export function start(soon) {
  onPress(byId('hold'), async () => {
    enable(byId('hold'), false);
    try {
      const { waiting } = await api.hold(10);
      say(`A seat’s lock is taken for 10 s; ${waiting} wait for it and hold it for 1 s each.`);
    } catch (problem) {
      say(problem instanceof api.Refused ? problem.message : 'The box office did not answer. Try again.');
    }
    enable(byId('hold'), true);
    soon();
  });
}

/** Draws what is held and what ended. Resolves to the keys of the seats that are locked now. */
export async function refresh() {
  const report = await api.locks();
  byId('node').textContent = `${report.node} · scope: ${report.scope}`;
  byId('node').title = `store: ${report.store}`;
  drawHeld(report.held);
  drawHistory(report.history);
  return new Set(report.held.filter(({ name }) => name === 'seat').map(({ key }) => key));
}

function drawHeld(held) {
  const kept = new Map();
  for (const lock of held) {
    const row = rows.get(lock.token) ?? element('li', { class: 'lock' });
    kept.set(lock.token, fill(row, lock));
  }
  rows = kept;
  fullest.forEach((_, token) => kept.has(token) || fullest.delete(token));
  const list = byId('held');
  if (held.length === 0) {
    list.replaceChildren(element('li', { class: 'empty' }, 'Nothing is locked. Start a rush, or hold a seat’s lock for a while.'));
    return;
  }
  // Rows that stay are left in place, so that their bars move instead of jumping
  [...list.children].forEach((child) => [...kept.values()].includes(child) || child.remove());
  list.append(...[...kept.values()].filter((row) => !row.isConnected));
}

function fill(row, lock) {
  const left = isoMillis(lock.remaining);
  const full = Math.max(left, fullest.get(lock.token) ?? 0);
  fullest.set(lock.token, full);
  if (row.childElementCount === 0) {
    row.append(
      element('div', { class: 'lock-head' }, element('b', {}, title(lock)), element('span', { class: 'waiters' })),
      element('div', { class: 'lease', title: 'What is left of the lease without a further renewal' }, element('i')),
      element('small'),
    );
  }
  row.dataset.state = lock.state;
  const waiters = row.querySelector('.waiters');
  waiters.hidden = lock.waiting === 0;
  waiters.textContent = `${lock.waiting} waiting`;
  row.querySelector('.lease i').style.setProperty('--left', `${Math.round((left / full) * 100)}%`);
  row.querySelector('small').textContent =
    `held for ${millis(isoMillis(lock.heldFor))} by ${lock.holder.process}, ${lock.holder.thread} · token ${lock.token}`
    + ` · lease: ${millis(left)} left`;
  return row;
}

function drawHistory(history) {
  const lines = history.slice(0, 8).map((lease) =>
    element(
      'tr',
      {},
      element('td', {}, title(lease)),
      element('td', { class: 'mono', title: lease.token }, shortToken(lease.token)),
      element('td', { title: lease.holder.process }, lease.holder.thread),
      element('td', {}, millis(isoMillis(lease.heldFor))),
      element('td', { class: lease.end === 'released' ? '' : 'lost' }, lease.end),
    ),
  );
  byId('history').replaceChildren(
    ...(lines.length ? lines : [element('tr', {}, element('td', { class: 'empty', colSpan: 5 }, 'No lock has been released yet.'))]),
  );
}

const say = (text) => (byId('locks-news').textContent = text);
const title = ({ name, key }) => (key ? `${name} ${key}` : name);
