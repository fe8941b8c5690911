// Elements. Text of the input enters the page as text nodes and attribute values only, never as markup.

const $ = (id) => document.getElementById(id);

/** An element; properties that begin with "on" are listeners, null and false are left out. */
function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

let silence = 0;

/** Tells what happened, aloud too; it goes away by itself unless it is grave. */
function say(words, grave = false) {
  const status = $("status");
  clearTimeout(silence);
  if (!grave) silence = setTimeout(() => { status.textContent = ""; }, 8000);
  status.textContent = words;
  status.classList.toggle("grave", grave);
}

const plural = (count, one, many = one + "s") => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
