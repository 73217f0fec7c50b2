// A picture that tells where it was clicked, and from where to where somebody drags: x and y from 0
// to 1, from its top left. By keyboard: the arrow keys move a cross, and Enter clicks there. Where
// something is always chosen in the picture, the arrow keys choose at once.

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAR = 5; // steps at once, with Shift

function render({ model, el }) {
  const image = document.createElement("img");
  image.className = "course-clickable";
  image.style.cursor = "pointer";
  image.draggable = false;
  image.style.touchAction = "none";
  image.tabIndex = 0;
  const cross = document.createElement("div");
  cross.className = "course-cross";
  const help = document.createElement("div");
  help.className = "course-keys";
  // JupyterLab has its own use for arrow keys and Enter.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.classList.add("course-clickable-place");
  let address = null;
  let count = 0;
  let start = null;
  let at = null; // the cross
  let held = null; // where Enter took hold of something

  function show() {
    const old = address;
    address = URL.createObjectURL(new Blob([model.get("value")], { type: "image/png" }));
    image.src = address;
    if (old) URL.revokeObjectURL(old);
  }

  const clamp = (share) => Math.min(Math.max(share, 0), 1);
  function place(event) {
    const box = image.getBoundingClientRect();
    return [
      clamp((event.clientX - box.left) / box.width),
      clamp((event.clientY - box.top) / box.height),
    ];
  }

  function click(where) {
    count += 1;
    model.set("place", [...where, count]);
    model.save_changes();
  }
  function drag(from, to) {
    model.set("way", [...from, ...to, count]);
    model.save_changes();
  }

  image.addEventListener("click", (event) => click(place(event)));
  image.addEventListener("pointerdown", (event) => {
    if (!model.get("drags")) return;
    event.preventDefault();
    image.focus({ preventScroll: true });
    image.setPointerCapture(event.pointerId);
    count += 1;
    start = place(event);
  });
  image.addEventListener("pointermove", (event) => {
    if (start) drag(start, place(event));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    image.addEventListener(end, () => (start = null));
  }

  function mark() {
    const [x, y] = at ?? model.get("cursor");
    cross.style.left = `${100 * x}%`;
    cross.style.top = `${100 * y}%`;
    cross.classList.toggle("course-held", held !== null);
  }
  function press() {
    if (!model.get("drags")) return click(at);
    if (held) {
      held = null;
      return;
    }
    count += 1;
    held = at;
  }
  image.addEventListener("keydown", (event) => {
    const [x, y, across, down] = model.get("cursor");
    at ??= [x, y];
    if (event.key in WAYS) {
      const [dx, dy] = WAYS[event.key].map((way) => way * (event.shiftKey ? FAR : 1));
      const to = [clamp(at[0] + dx * across), clamp(at[1] + dy * down)];
      if (model.get("follows")) click(to);
      else at = to;
      if (held) drag(held, at);
    } else if (event.key === "Enter" || event.key === " ") {
      press();
    } else if (event.key === "Escape" && held) {
      held = null;
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    mark();
  });
  image.addEventListener("blur", () => (held = null));

  const name = () => (image.alt = model.get("name"));
  function moved() {
    if (model.get("follows") || !at) at = model.get("cursor").slice(0, 2);
    mark();
  }
  function explain() {
    help.textContent = model.get("help");
    image.setAttribute("aria-description", model.get("help"));
  }
  const answers = { value: show, name, cursor: moved, help: explain };
  for (const [trait, answer] of Object.entries(answers)) {
    model.on(`change:${trait}`, answer);
    answer();
  }
  el.append(image, cross, help);
  return () => {
    for (const [trait, answer] of Object.entries(answers)) model.off(`change:${trait}`, answer);
    if (address) URL.revokeObjectURL(address);
  };
}

export default { render };
