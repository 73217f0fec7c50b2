// A picture that tells where it was clicked: x and y from 0 to 1, from its top left.

function render({ model, el }) {
  const image = document.createElement("img");
  image.className = "course-clickable";
  image.style.maxWidth = "100%";
  image.style.cursor = "pointer";
  let address = null;
  let count = 0;

  function show() {
    const old = address;
    address = URL.createObjectURL(new Blob([model.get("value")], { type: "image/png" }));
    image.src = address;
    if (old) URL.revokeObjectURL(old);
  }

  image.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect();
    const share = (part, whole) => Math.min(Math.max(part / whole, 0), 1);
    const x = share(event.clientX - box.left, box.width);
    const y = share(event.clientY - box.top, box.height);
    count += 1;
    model.set("place", [x, y, count]);
    model.save_changes();
  });
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
