import * as api from './api.js';
import { byId, element } from './dom.js';
import { isoMillis, millis } from './format.js';

const WORST_FIRST = ['gone', 'suspected', 'up'];
const VOTES = { ready: 'votes', recovering: 'its vote does not count yet', superseded: 'replaced by a later process' };

const cards = new Map();

/** Draws the instances. Resolves to what they answered, the one that serves this page among them. */
export async function refresh() {
  const all = await api.instances();
  const self = all.find((instance) => instance.self);
  all.forEach((instance) => fill(card(instance), instance, all));
  byId('self').textContent = self.name;
  if (self.report) {
    byId('node').textContent = `${self.report.node} · scope: ${self.report.scope}`;
    byId('node').title = `store: ${self.report.store}`;
  }
  return { all, self };
}

/** Cards stay where they are: a link that has the focus keeps it. */
function card(instance) {
  if (!cards.has(instance.name)) {
    const name = instance.self
      ? element('b', {}, instance.name)
      : element('a', { href: fromHere(instance.address) }, instance.name);
    const made = element(
      'li',
      { class: 'instance' },
      element('div', { class: 'instance-head' }, name, element('span', { class: 'state' })),
      element('p', { class: 'vote' }),
      element('p', { class: 'links' }),
      element('p', { class: 'trouble' }),
    );
    cards.set(instance.name, made);
    byId('instances').append(made);
  }
  return cards.get(instance.name);
}

/** Whoever came here by another name of this machine finds the others by the same one. */
function fromHere(address) {
  const url = new URL(address);
  if (url.hostname === 'localhost') {
    url.hostname = location.hostname;
  }
  return url.href;
}

function fill(node, instance, all) {
  const views = seenBy(instance, all);
  const state = WORST_FIRST.find((word) => views.some((view) => view.state === word)) ?? (instance.report ? 'up' : 'gone');
  const process = views.find((view) => view.process)?.process.split('/')[1];
  const peers = instance.report?.peers;
  node.dataset.state = state;
  write(node, '.state', instance.self ? `${state}, serves this page` : state);
  write(node, '.vote', [vote(instance), process ? `incarnation ${process}` : null]);
  write(node, '.links', links(instance.name, peers));
  write(node, '.trouble', trouble(views, peers));
}

/** What the other instances say of this one. */
const seenBy = (instance, all) =>
  all
    .filter(({ name }) => name !== instance.name)
    .flatMap(({ name, report }) => (report?.peers?.members ?? []).map((member) => ({ ...member, by: name })))
    .filter(({ node }) => node === instance.name);

function vote({ report, ready }) {
  if (!report) {
    return 'no answer';
  }
  return VOTES[report.peers?.state] ?? (ready ? 'ready' : 'getting ready');
}

const links = (name, peers) =>
  (peers?.members ?? [])
    .filter(({ node }) => node !== name)
    .map(({ node, state, roundTrip }) => `to ${node} ${roundTrip && state === 'up' ? millis(isoMillis(roundTrip)) : state}`);

/** Why others are not linked with it, and why others do not listen to it. */
const trouble = (views, peers) => [
  ...views.map(({ by, problem }) => (problem ? `seen from ${by}: ${problem}` : null)),
  ...Object.entries(peers?.refusals ?? {}).map(([node, words]) => `refused by ${node}: ${words}`),
];

function write(node, css, text) {
  const line = node.querySelector(css);
  line.textContent = [text].flat().filter(Boolean).join(' · ');
  line.hidden = line.textContent === '';
}
