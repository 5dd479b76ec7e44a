/** An element with properties and children; strings become text, never markup. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'class') {
      made.className = value;
    } else if (name in made) {
      made[name] = value;
    } else {
      made.setAttribute(name, value);
    }
  }
  made.append(...children);
  return made;
}

/** A term and its value, for a <dl>. */
export const fact = (term, value, className = '') =>
  element('div', { class: className }, element('dt', {}, term), element('dd', {}, value));

/**
 * Makes a button usable or not. One that is not stays where keys find it, and keeps the focus: whoever pressed it can go on
 * from there.
 */
export const enable = (button, usable) => button.setAttribute('aria-disabled', `${!usable}`);

export const onPress = (button, action) =>
  button.addEventListener('click', () => button.getAttribute('aria-disabled') === 'true' || action());

export const byId = (id) => document.getElementById(id);
