/** An answer other than success, in the server's words. */
export class Refused extends Error {}

const PATIENCE = 5000;

async function send(path, options) {
  const response = await fetch(path, { headers: { Accept: 'application/json' }, ...options });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refused(body.detail ?? `${response.status} from ${path}`);
  }
  return body;
}

const read = (path) => send(path, { signal: AbortSignal.timeout(PATIENCE) });
const write = (path, query, method = 'POST') => send(`${path}?${new URLSearchParams(query)}`, { method });

export const rushes = () => read('api/rushes');
export const show = (id) => read(`api/shows/${id}`);
export const instances = () => read('api/instances');
export const meter = (name) => read(`actuator/metrics/${name}?tag=name:seat`);

export const rush = (locked, buyers, seats) => write('api/rush', { locked, buyers, seats });
export const hold = (seconds) => write('api/demo/hold', { seconds });
export const reserve = (seat, buyer) => write(`api/seats/${seat}/reservation`, { buyer });
export const release = (seat, buyer) => write(`api/seats/${seat}/reservation`, { buyer }, 'DELETE');
export const buy = (seat, buyer) => write(`api/seats/${seat}/purchase`, { buyer });
