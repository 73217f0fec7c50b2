// A picture that tells where it was clicked, and from where to where somebody drags: x and y from 0
// to 1, from its top left.

function render({ model, el }) {
  const image = document.createElement("img");
  image.className = "course-clickable";
  image.style.maxWidth = "100%";
  image.style.cursor = model.get("clicks") || model.get("drags") ? "pointer" : "";
  image.draggable = false;
  image.style.touchAction = model.get("drags") ? "none" : "";
  let address = null;
  let count = 0;
  let start = null;

  function show() {
    const old = address;
    address = URL.createObjectURL(new Blob([model.get("value")], { type: "image/png" }));
    image.src = address;
    if (old) URL.revokeObjectURL(old);
  }

  function place(event) {
    const box = image.getBoundingClientRect();
    const share = (part, whole) => Math.min(Math.max(part / whole, 0), 1);
    return [
      share(event.clientX - box.left, box.width),
      share(event.clientY - box.top, box.height),
    ];
  }

  image.addEventListener("click", (event) => {
    if (!model.get("clicks")) return;
    count += 1;
    model.set("place", [...place(event), count]);
    model.save_changes();
  });
  image.addEventListener("pointerdown", (event) => {
    if (!model.get("drags")) return;
    event.preventDefault();
    image.setPointerCapture(event.pointerId);
    count += 1;
    start = place(event);
  });
  image.addEventListener("pointermove", (event) => {
    if (!start) return;
    model.set("way", [...start, ...place(event), count]);
    model.save_changes();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    image.addEventListener(end, () => (start = null));
  }
  const name = () => (image.alt = model.get("name"));
  model.on("change:value", show);
  model.on("change:name", name);
  show();
  name();
  el.append(image);
  return () => {
    model.off("change:value", show);
    model.off("change:name", name);
    if (address) URL.revokeObjectURL(address);
  };
}

export default { render };
