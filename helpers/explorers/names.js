// Gives every control of an explorer a name that a screen reader says, and its picture a text. The
// widgets that Jupyter brings have the words beside them, but not as a name.

const WORDS = { play: "play", pause: "pause", stop: "stop", repeat: "repeat" };

function set(element, name, value) {
  if (element && value && element.getAttribute(name) !== value) element.setAttribute(name, value);
}

const label = (box) => box?.querySelector(".widget-label")?.textContent.trim() ?? "";

function nameAll(root, words) {
  for (const box of root.querySelectorAll(".widget-slider")) {
    set(box.querySelector(".noUi-handle"), "aria-label", label(box));
    const readout = box.querySelector(".widget-readout");
    set(readout, "role", "textbox");
    set(readout, "aria-label", `${label(box)}, as a number`);
  }
  for (const box of root.querySelectorAll(".widget-toggle-buttons")) {
    set(box, "role", "group");
    set(box, "aria-label", label(box));
    for (const button of box.querySelectorAll("button")) {
      set(button, "aria-pressed", String(button.classList.contains("mod-active")));
    }
  }
  for (const box of root.querySelectorAll(".course-play")) {
    const of = label(box.parentElement);
    for (const button of box.querySelectorAll("button")) {
      const icon = button.querySelector("i")?.className ?? "";
      const does = Object.keys(WORDS).find((word) => icon.includes(word)) ?? "play";
      set(button, "aria-label", `${WORDS[does]}: ${of}`);
    }
  }
  for (const box of root.querySelectorAll(".course-grid")) {
    const cells = [...box.querySelectorAll("input")];
    const columns = Math.round(Math.sqrt(cells.length)) || 1;
    cells.forEach((cell, index) => {
      const [row, column] = [Math.floor(index / columns) + 1, (index % columns) + 1];
      set(cell, "aria-label", `${label(box)}: row ${row}, column ${column}`);
    });
  }
  set(root.querySelector(".course-stage > img"), "alt", words);
}

function render({ model, el }) {
  el.style.display = "none";
  let root = null;
  const again = () => root && nameAll(root, model.get("words"));
  // Controls come one after the other, and a button says by its class that it is pressed.
  const watch = new MutationObserver(again);
  let tries = 0;
  function begin() {
    root = el.closest(".course-explorer");
    if (!root) {
      if (++tries < 300) setTimeout(begin, 50); // not on the page yet
      return;
    }
    set(root, "role", "group");
    set(root, "aria-label", model.get("title"));
    watch.observe(root, { childList: true, subtree: true, attributeFilter: ["class"] });
    again();
  }
  begin();
  model.on("change:words", again);
  return () => {
    tries = Infinity;
    watch.disconnect();
    model.off("change:words", again);
  };
}

export default { render };
