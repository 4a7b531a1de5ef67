package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IdleSpans;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.reports.markup.Patterns;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;

/**
 * What is drawn for one device.
 *
 * @param device its name
 * @param stage its place in the pipeline
 * @param tasks its tasks as recorded
 * @param idle idle spans between tasks
 * @param idleInTasks idle spans inside a task's hull
 * @param ideal its tasks in the ideal replay; empty where there is none
 */
record PictureLane(
        String device,
        int stage,
        List<PictureSpan> tasks,
        List<PictureSpan> idle,
        List<PictureSpan> idleInTasks,
        List<PictureSpan> ideal) {

    /** Where spans are joined, the ideal row is a backdrop: its blocks are this many pixels wide. */
    private static final int IDEAL_PIXELS = 8;

    static PictureLane of(DeviceAnalysis device) {
        List<PictureSpan> between = new ArrayList<>();
        List<PictureSpan> inside = new ArrayList<>();
        splitIdle(device, between, inside);
        return new PictureLane(
                device.device(), device.stage(), tasks(device.tasks()), between, inside, ideal(device.tasks()));
    }

    /**
     * The lane with spans under {@code minNs} joined; then the ideal row is joined to blocks of several pixels and idle
     * time inside tasks is left out where it is under a pixel.
     */
    PictureLane merged(long minNs, long pixelNs) {
        if (minNs <= 0) {
            return this;
        }
        return new PictureLane(
                device,
                stage,
                SpanMerger.merge(tasks, minNs),
                SpanMerger.merge(idle, minNs),
                idleInTasks.stream().filter(span -> span.lengthNs() >= pixelNs).toList(),
                SpanMerger.merge(ideal, Math.max(minNs, IDEAL_PIXELS * pixelNs)));
    }

    int spanCount() {
        return tasks.size() + idle.size() + idleInTasks.size() + ideal.size();
    }

    private static List<PictureSpan> tasks(TaskSpans tasks) {
        List<PictureSpan> spans = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            spans.add(task(tasks, i, tasks.startNs(i), tasks.endNs(i), ""));
        }
        return spans;
    }

    private static List<PictureSpan> ideal(TaskSpans tasks) {
        List<PictureSpan> spans = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.idealStartNs(i) >= 0) {
                spans.add(task(tasks, i, tasks.idealStartNs(i), tasks.idealEndNs(i), "ideal "));
            }
        }
        return spans;
    }

    private static PictureSpan task(TaskSpans tasks, int i, long startNs, long endNs, String prefix) {
        String phase = tasks.phase(i).name();
        String name = phase + tasks.microBatch(i);
        String title = prefix + name + ", chunk " + tasks.chunk(i) + ", " + Units.time(endNs - startNs);
        return new PictureSpan(startNs, endNs, "p-" + phase, name, title);
    }

    private static void splitIdle(DeviceAnalysis device, List<PictureSpan> between, List<PictureSpan> inside) {
        IdleSpans idle = device.idle();
        TaskSpans tasks = device.tasks();
        long coveredNs = Long.MIN_VALUE;
        int task = 0;
        for (int i = 0; i < idle.size(); i++) {
            while (task < tasks.size() && tasks.startNs(task) < idle.endNs(i)) {
                coveredNs = Math.max(coveredNs, tasks.endNs(task++));
            }
            (coveredNs > idle.startNs(i) ? inside : between).add(idle(idle, i));
        }
    }

    private static PictureSpan idle(IdleSpans idle, int i) {
        long lengthNs = idle.endNs(i) - idle.startNs(i);
        String title = "idle, " + CauseText.name(idle.cause(i)) + ", " + Units.time(lengthNs);
        return new PictureSpan(
                idle.startNs(i), idle.endNs(i), Patterns.css(idle.cause(i)), CauseText.letters(idle.cause(i)), title);
    }
}
