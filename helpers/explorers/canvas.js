// The canvas of explore_drawing. Ink is drawn here at once; the kernel gets the strokes
// while they grow, as lists of points [x, y] in widths of the canvas.

const WIDTH = 600; // drawing units; the style sheet says how large they are on the screen
const HEIGHT = 800;
const PEN = 26;
const HINT_MARGIN = 0.1; // around the hint's unit square, in widths and heights
const LEAST_STEP = 4; // units between two points that are kept
const STEP = 20; // units that an arrow key moves the pen; with Shift, a quarter of it
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const KEYS = "By keyboard: arrow keys move the pen, Space sets it down and lifts it, Backspace takes back.";
const EVERY = 90; // milliseconds between two messages while a stroke grows
const COLOURS = { ink: "#22303C", example: "#6B7680", hint: "#D5DBE0", number: "#0072B2", pen: "#D55E00" };

function line(context, points, width, colour) {
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = width;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  if (points.length === 1) {
    context.arc(points[0][0], points[0][1], width / 2, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  points.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
}

function drawHint(context, strokes) {
  const place = ([x, y]) => [
    WIDTH * (HINT_MARGIN + x * (1 - 2 * HINT_MARGIN)),
    HEIGHT * (HINT_MARGIN + y * (1 - 2 * HINT_MARGIN)),
  ];
  for (const stroke of strokes) line(context, stroke.map(place), PEN, COLOURS.hint);
  context.font = "24px sans-serif";
  context.fillStyle = COLOURS.number;
  strokes.forEach((stroke, index) => {
    const [x, y] = place(stroke[0]);
    context.fillText(String(index + 1), Math.max(x - 28, 4), Math.max(y - 8, 24));
  });
}

// Where the keyboard's pen is: a ring, filled while it draws.
function drawPen(context, [x, y], draws) {
  context.beginPath();
  context.arc(x, y, PEN, 0, 2 * Math.PI);
  context.lineWidth = 6;
  context.strokeStyle = COLOURS.pen;
  context.stroke();
  line(context, [[x, y]], draws ? PEN : PEN / 3, COLOURS.pen);
}

function button(name, title, icon) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `course-canvas-${name} jupyter-button`;
  made.title = title;
  made.textContent = `${icon} ${name}`;
  return made;
}

function render({ model, el }) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  canvas.className = "course-canvas-paper";
  canvas.setAttribute("role", "application"); // the arrow keys are for the pen
  canvas.setAttribute("aria-label", "Canvas: draw a character");
  canvas.tabIndex = 0;
  const help = document.createElement("div");
  help.className = "course-canvas-keys";
  help.id = `course-canvas-keys-${Math.random().toString(36).slice(2)}`;
  help.textContent = KEYS;
  canvas.setAttribute("aria-describedby", help.id);
  // JupyterLab has its own use for arrow keys, Space and Backspace.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const undo = button("undo", "Take back the last stroke", "↶");
  const clear = button("clear", "Empty the canvas", "✕");
  const bar = document.createElement("div");
  bar.className = "course-canvas-bar";
  bar.append(undo, clear);
  el.classList.add("course-canvas");
  el.append(canvas, help, bar);

  let strokes = []; // finished ones, in canvas units
  let growing = null; // the one under the pen
  let pointer = null; // which pen, finger or mouse draws it
  let waiting = null; // timer of the next message
  let pen = [WIDTH / 2, HEIGHT / 2]; // where the arrow keys have moved it
  let keyed = false; // whether they move it at all
  let lowered = false; // whether they draw

  const context = canvas.getContext("2d");
  const all = () => (growing ? [...strokes, growing] : strokes);

  function paint() {
    context.fillStyle = "white";
    context.fillRect(0, 0, WIDTH, HEIGHT);
    drawHint(context, model.get("hint"));
    const colour = model.get("example") ? COLOURS.example : COLOURS.ink;
    for (const stroke of all()) line(context, stroke, PEN, colour);
    if (model.get("example")) {
      context.font = "30px sans-serif";
      context.fillStyle = COLOURS.number;
      context.fillText("an example: draw over it", 24, 44);
    }
    if (keyed) drawPen(context, pen, lowered);
    undo.disabled = clear.disabled = all().length === 0;
  }

  function send() {
    clearTimeout(waiting);
    waiting = null;
    const round = (number) => Math.round((1000 * number) / WIDTH) / 1000;
    model.set("value", all().map((stroke) => stroke.map(([x, y]) => [round(x), round(y)])));
    model.save_changes();
  }

  function sendSoon() {
    waiting ??= setTimeout(send, EVERY);
  }

  function begin() {
    if (!model.get("example")) return;
    model.set("example", false);
    strokes = [];
  }

  function setDown(is) {
    if (is === lowered) return;
    lowered = is;
    if (is) {
      begin();
      growing = [pen];
    } else {
      strokes = all();
      growing = null;
      send();
    }
  }

  function movePen([dx, dy], step) {
    pen = [
      Math.min(Math.max(pen[0] + dx * step, 0), WIDTH),
      Math.min(Math.max(pen[1] + dy * step, 0), HEIGHT),
    ];
    if (!lowered) return;
    growing.push(pen);
    sendSoon();
  }

  function takeBack() {
    setDown(false);
    begin();
    strokes = strokes.slice(0, -1);
    send();
  }

  function key(event) {
    if (pointer !== null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in WAYS) movePen(WAYS[event.key], event.shiftKey ? STEP / 4 : STEP);
    else if (event.key === " " || event.key === "Enter") setDown(!lowered);
    else if (event.key === "Escape" && lowered) setDown(false);
    else if (event.key === "Backspace") takeBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
    keyed = true;
    paint();
  }

  function leave() {
    setDown(false);
    keyed = false;
    paint();
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) * WIDTH) / box.width;
    const y = ((event.clientY - box.top) * HEIGHT) / box.height;
    return [Math.min(Math.max(x, 0), WIDTH), Math.min(Math.max(y, 0), HEIGHT)];
  }

  function down(event) {
    if (pointer !== null || event.button !== 0) return; // a palm beside the pen draws nothing
    event.preventDefault(); // no text is selected meanwhile
    event.stopPropagation();
    setDown(false);
    keyed = false;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    begin();
    growing = [place(event)];
    paint();
    sendSoon();
  }

  function move(event) {
    if (event.pointerId !== pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) {
      const [x, y] = place(each);
      const [a, b] = growing.at(-1);
      if (Math.hypot(x - a, y - b) >= LEAST_STEP) growing.push([x, y]);
    }
    paint();
    sendSoon();
  }

  function up(event) {
    if (event.pointerId !== pointer) return;
    strokes = all();
    growing = pointer = null;
    paint();
    send();
  }

  function take() {
    if (growing) return; // what the reader draws counts, not an older answer
    strokes = model.get("value").map((stroke) => stroke.map(([x, y]) => [x * WIDTH, y * WIDTH]));
    paint();
  }

  canvas.addEventListener("keydown", key);
  canvas.addEventListener("focus", () => {
    keyed = canvas.matches(":focus-visible");
    paint();
  });
  canvas.addEventListener("blur", leave);
  canvas.addEventListener("pointerdown", down);
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  undo.addEventListener("click", () => {
    takeBack();
    paint();
  });
  clear.addEventListener("click", () => {
    begin();
    strokes = [];
    paint();
    send();
  });
  model.on("change:value", take);
  model.on("change:hint", paint);
  model.on("change:example", paint);
  take();
  return () => {
    clearTimeout(waiting);
    model.off("change:value", take);
    model.off("change:hint", paint);
    model.off("change:example", paint);
  };
}

export default { render };
