export const count = (value) => value.toLocaleString('en');

export function millis(value) {
  if (value >= 1000) {
    return `${(value / 1000).toFixed(value < 10000 ? 1 : 0)} s`;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** Milliseconds of an ISO-8601 duration such as PT1M2.5S. */
export function isoMillis(text) {
  const [, hours = 0, minutes = 0, seconds = 0] =
    /^PT(?:(-?[\d.]+)H)?(?:(-?[\d.]+)M)?(?:(-?[\d.]+)S)?$/.exec(text) ?? [];
  return (hours * 3600 + minutes * 60 + Number(seconds)) * 1000;
}

export const plural = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

/** The end of a token: the front is the same for all of one day. */
export const shortToken = (token) => (token.length > 9 ? `…${token.slice(-9)}` : token);
