package io.github.bubbletrace.reports.whatif;

import io.github.bubbletrace.analysis.BlameMatrix;
import io.github.bubbletrace.analysis.StragglerAnalysis;
import io.github.bubbletrace.analysis.StragglerAnalysis.Group;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Who makes steps longer, and which stage makes which other one wait. */
public final class StragglerSection {

    private static final int MOST_DEVICES = 16;
    private static final int MOST_STAGES = 16;

    private StragglerSection() {}

    /** Writes the section; nothing where {@code whatIf} is null. */
    public static void write(HtmlWriter html, WhatIfAnalysis whatIf) {
        if (whatIf == null) {
            return;
        }
        StragglerAnalysis stragglers = whatIf.stragglers();
        html.open("section", "aria-labelledby", "stragglers").element("h2", "Stragglers", "id", "stragglers");
        html.element("p", summary(stragglers));
        groups(html, stragglers);
        if (stragglers.replicas().size() > 1) {
            heatMap(html, stragglers);
        }
        blame(html, whatIf.blame());
        html.close();
    }

    /** S in a sentence. */
    static String summary(StragglerAnalysis stragglers) {
        return "Without host delay a step takes " + Units.time(stragglers.withoutHostNs()) + ", "
                + Units.decimals(stragglers.slowdown(), 3) + " x the " + Units.time(stragglers.idealNs())
                + " of a step in which every task takes its phase's mean and every transfer the median"
                + (stragglers.sizes() == null
                        ? "."
                        : "; the sizes of micro-batches alone make it " + Units.decimals(stragglers.sizes(), 3)
                                + " x.");
    }

    private static void groups(HtmlWriter html, StragglerAnalysis stragglers) {
        HtmlTable table = HtmlTable.mixed(
                "Slowdown by group, in both directions",
                List.of("group", "which", "only it as recorded", "only it ideal"),
                List.of(1));
        shown(stragglers.groups())
                .forEach(group -> table.row(
                        group.kind(),
                        PlainText.clean(group.name()),
                        Units.decimals(group.added(), 3) + " x",
                        Units.decimals(group.removed(), 3) + " x"));
        table.write(html);
    }

    /** All groups, of devices only those that slow a step down the most. */
    private static List<Group> shown(List<Group> groups) {
        List<Group> devices = groups.stream()
                .filter(group -> group.kind().equals("device"))
                .sorted(Comparator.comparingDouble(Group::added).reversed())
                .limit(MOST_DEVICES)
                .toList();
        return groups.stream()
                .filter(group -> !group.kind().equals("device") || devices.contains(group))
                .toList();
    }

    private static void heatMap(HtmlWriter html, StragglerAnalysis stragglers) {
        List<String> headings = new ArrayList<>(List.of("stage"));
        stragglers.replicas().forEach(replica -> headings.add("replica " + replica));
        HtmlTable table =
                HtmlTable.numbers("Ideal step with only this stage of this replica as recorded, over ideal", headings);
        for (int stage = 0; stage < stragglers.stageByReplica().size(); stage++) {
            List<String> cells = new ArrayList<>(List.of("stage " + stage));
            stragglers.stageByReplica().get(stage).forEach(value -> cells.add(Units.decimals(value, 3)));
            table.row(cells.toArray(String[]::new));
        }
        table.write(html);
    }

    private static void blame(HtmlWriter html, BlameMatrix blame) {
        int stages = Math.min(MOST_STAGES, blame.waitNs().size());
        Units.Scale scale = Units.Scale.of(
                blame.waitNs().stream().mapToLong(Long::longValue).max().orElse(0));
        List<String> headings = new ArrayList<>(List.of("stage", "waits", "own lateness"));
        for (int fixed = 0; fixed < stages; fixed++) {
            headings.add("fix " + fixed);
        }
        HtmlTable table = HtmlTable.numbers(
                "How much less a stage waits between its tasks with only one stage fixed, " + scale.unit() + " a step",
                headings);
        for (int stage = 0; stage < stages; stage++) {
            List<String> cells = new ArrayList<>(List.of(
                    "stage " + stage,
                    scale.number(blame.waitNs().get(stage)),
                    scale.number(blame.ownLatenessNs().get(stage))));
            for (int fixed = 0; fixed < stages; fixed++) {
                cells.add(scale.number(blame.savedNs().get(stage).get(fixed)));
            }
            table.row(cells.toArray(String[]::new));
        }
        List<String> step = new ArrayList<>(List.of("the step", "", ""));
        for (int fixed = 0; fixed < stages; fixed++) {
            step.add(scale.number(blame.stepSavedNs().get(fixed)));
        }
        table.row(step.toArray(String[]::new));
        table.write(html);
        if (blame.waitNs().size() > stages) {
            html.element("p", "The first " + stages + " of " + blame.waitNs().size() + " stages; report.json has all.");
        }
    }
}
