/** An element with attributes and children; text is text, never markup. */
export function build<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A button that does not send a form. */
export function button(label: string, kind: string, action: () => void): HTMLButtonElement {
  const element = build("button", { type: "button", class: kind }, label);
  element.addEventListener("click", action);
  return element;
}
