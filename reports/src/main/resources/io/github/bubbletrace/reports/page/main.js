/* Starts what the page needs a script for; without it the page says the same in tables. */
async function startTimeline() {
  const root = document.getElementById("timeline");
  const source = document.getElementById("timeline-data");
  if (!root || !source) return;
  root.hidden = false;
  const data = readTimeline(await unpack(source.textContent));
  source.remove();
  const timeline = new Timeline(data, root);
  const input = new Input(timeline);
  const goTo = () => {
    if (timeline.fromHash()) root.scrollIntoView({ block: "start" });
  };
  addEventListener("hashchange", goTo);
  addEventListener("resize", () => timeline.resize());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => timeline.recolour());
  addEventListener("beforeprint", () => { document.documentElement.classList.add("paper"); timeline.recolour(); timeline.flatten(); });
  addEventListener("afterprint", () => { document.documentElement.classList.remove("paper"); timeline.recolour(); });
  timeline.describe();
  goTo();
  timeline.draw();
  root.dataset.ready = String(Math.round(performance.now()));
  root.dataset.spans = String(data.tasks.size + data.ideal.size + data.idle.size);
  for (const link of document.querySelectorAll("a[data-timeline]")) {
    link.hidden = false;
    link.addEventListener("click", () => { timeline.touched = true; input.stage.focus({ preventScroll: true }); });
  }
  await startKernels(timeline, input);
}

/* Kernels are read after the first picture: they are many, and it does not need them. */
async function startKernels(timeline, input) {
  const source = document.getElementById("kernel-data");
  if (!source) {
    timeline.root.querySelector("[data-do=kernels]").hidden = true;
    return;
  }
  const isUsual = timeline.view.laneHeight === timeline.view.usualHeight();
  addKernels(timeline.data, await unpack(source.textContent));
  source.remove();
  timeline.kernelsRead(isUsual);
  timeline.fromHash();
  input.pressed();
}

addTableButtons();
addCopyButton();
startTimeline().catch(fault => {
  const root = document.getElementById("timeline");
  root.hidden = false;
  const line = document.createElement("p");
  line.textContent = "The timeline cannot be shown: " + fault.message + ".";
  root.replaceChildren(root.querySelector("h2"), line);
  root.dataset.fault = fault.message;
});
