import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Opens a report in headless Chromium with the network blocked and measures its timeline: the time to the first draw, and
 * the frames per second of zooming and panning.
 *
 * <p>usage: java PageSpeed.java CHROMIUM PAGE [ROUNDS]; prints one line: spans, kernels, bytes, first draw in ms, frames a second.
 */
final class PageSpeed implements WebSocket.Listener, AutoCloseable {

    /** Zooms in and out over the whole run and pans, a step a frame, and counts the frames of three seconds. */
    private static final String FRAMES =
            """
            (async () => {
              const root = document.getElementById('timeline');
              const stage = root.querySelector('[data-part=stage]');
              stage.scrollIntoView();
              stage.focus();
              const press = key => document.dispatchEvent(new KeyboardEvent('keydown', { key }));
              const frame = () => new Promise(done => requestAnimationFrame(done));
              const rate = async keys => {
                press('0');
                await frame();
                const before = Number(root.dataset.frames);
                const start = performance.now();
                for (let i = 0; performance.now() - start < 3000; i++) {
                  press(keys[i % keys.length]);
                  await frame();
                }
                return (Number(root.dataset.frames) - before) / (performance.now() - start) * 1000;
              };
              const zoom = await rate([...'wwwwwwwwwwwwssssssssssss']);
              const pan = await rate([...'wwddddddddaaaaaaaass']);
              return JSON.stringify({ spans: root.dataset.spans, kernels: root.dataset.kernels ?? '0', ready: root.dataset.ready, zoom, pan });
            })()""";

    private final WebSocket socket;
    private final ConcurrentHashMap<Integer, CompletableFuture<String>> pending = new ConcurrentHashMap<>();
    private final StringBuilder partial = new StringBuilder();
    private int lastId;

    private PageSpeed(URI address) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, this)
                .join();
    }

    public static void main(String[] args) throws Exception {
        Path page = Path.of(args[1]).toAbsolutePath();
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        double bestDraw = Double.MAX_VALUE;
        double bestZoom = 0;
        double bestPan = 0;
        String spans = "";
        String kernels = "";
        for (int round = 0; round < rounds; round++) {
            String result = measure(args[0], page);
            spans = value(result, "spans");
            kernels = value(result, "kernels");
            bestDraw = Math.min(bestDraw, Double.parseDouble(value(result, "ready")));
            bestZoom = Math.max(bestZoom, Double.parseDouble(value(result, "zoom")));
            bestPan = Math.max(bestPan, Double.parseDouble(value(result, "pan")));
        }
        System.out.printf(
                "%s spans, %s kernels, %d bytes: first draw %.0f ms, zooming %.0f frames/s, panning %.0f frames/s%n",
                spans, kernels, Files.size(page), bestDraw, bestZoom, bestPan);
    }

    private static String measure(String chromium, Path page) throws Exception {
        Path profile = Files.createTempDirectory("page-speed");
        Process browser = new ProcessBuilder(
                        chromium,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--proxy-server=127.0.0.1:9",
                        "--window-size=1280,1000",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (PageSpeed speed = new PageSpeed(address(profile))) {
            speed.call("Network.enable", "{}");
            speed.call("Network.emulateNetworkConditions", "{\"offline\":true,\"latency\":0,\"downloadThroughput\":0,"
                    + "\"uploadThroughput\":0}");
            speed.call("Page.navigate", "{\"url\":\"" + page.toUri() + "\"}");
            speed.evaluate("new Promise(done => { const look = () => document.getElementById('timeline')?.dataset.ready"
                    + " && !document.getElementById('kernel-data') ? done(1) : setTimeout(look, 20); look(); })");
            return speed.evaluate(FRAMES);
        } finally {
            end(browser);
            delete(profile);
        }
    }

    /** Ends the browser with the processes that it started, which write to its profile a little longer. */
    private static void end(Process browser) throws InterruptedException {
        List<ProcessHandle> started = browser.descendants().toList();
        browser.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        started.forEach(ProcessHandle::destroyForcibly);
        started.forEach(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /** Where the browser's first page listens, once it does. */
    private static URI address(Path profile) throws Exception {
        Path port = profile.resolve("DevToolsActivePort");
        for (int i = 0; i < 300; i++) {
            if (Files.exists(port) && Files.readAllLines(port).size() > 1) {
                String url = "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json";
                String pages = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                        .body();
                Matcher found = Pattern.compile("\"type\": \"page\".*?\"webSocketDebuggerUrl\": \"([^\"]+)\"", Pattern.DOTALL)
                        .matcher(pages);
                if (found.find()) {
                    return URI.create(found.group(1));
                }
            }
            Thread.sleep(100);
        }
        throw new IOException("Chromium does not answer");
    }

    private String evaluate(String script) throws Exception {
        String quoted = script.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return call(
                "Runtime.evaluate", "{\"expression\":\"" + quoted + "\",\"awaitPromise\":true,\"returnByValue\":true}");
    }

    private String call(String method, String parameters) throws Exception {
        int id = ++lastId;
        CompletableFuture<String> answer = new CompletableFuture<>();
        pending.put(id, answer);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .join();
        return answer.get(120, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String message = partial.toString();
            partial.setLength(0);
            Matcher id = Pattern.compile("^\\{\"id\":(\\d+)").matcher(message);
            if (id.find()) {
                pending.remove(Integer.valueOf(id.group(1))).complete(message);
            }
        }
        return WebSocket.Listener.super.onText(from, data, last);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static String value(String result, String name) {
        Matcher found = Pattern.compile("\\\\\"" + name + "\\\\\":(?:\\\\\")?([0-9.]+)").matcher(result);
        if (!found.find()) {
            throw new IllegalStateException("no " + name + " in " + result);
        }
        return found.group(1);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.sorted((a, b) -> b.compareTo(a)).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
